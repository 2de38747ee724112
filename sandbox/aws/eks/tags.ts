import { AwsError } from '../aws-error';
import type { Cluster } from './cluster';

const MOST_TAGS = 50;

/** The tags of a cluster, an access entry, or an identity provider config, by its ARN. */
export function tagsOf(clusters: readonly Cluster[], arn: string): Record<string, string> {
  const tagged = clusters.flatMap(({ arn: clusterArn, tags, accessEntries, association }) => [
    { arn: clusterArn, tags },
    ...accessEntries.values(),
    ...(association === undefined ? [] : [association]),
  ]);
  const found = tagged.find((each) => each.arn === arn);
  if (found === undefined) throw new AwsError(404, 'NotFoundException', `No resource found for ARN ${arn}`);
  return found.tags;
}

/** Adds tags, or changes their values. */
export function addTags(tags: Record<string, string>, added: Readonly<Record<string, string>>): void {
  const all = { ...tags, ...added };
  if (Object.keys(all).length > MOST_TAGS) throw badTags(`A resource has at most ${MOST_TAGS} tags.`);
  const reserved = Object.keys(added).find((key) => /^aws:/i.test(key));
  if (reserved !== undefined) throw badTags(`The tag ${reserved} starts with aws:, which is reserved.`);
  Object.assign(tags, added);
}

function badTags(message: string): AwsError {
  return new AwsError(400, 'BadRequestException', message);
}
