/** The construct id of a name: ids have `--` in place of `/`, and `a/b` is another name than `a--b`. */
export function nameId(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F');
}
