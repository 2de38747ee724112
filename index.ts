export { loadAccessFile, selectedAccessFile } from './load-access-file';
export * from './model';
