import { App } from 'aws-cdk-lib';
import { exampleApp, exampleFiles } from './support/example-app';
import { generatedCaches } from './support/generated-caches';
import { JudgeName, JUDGES } from './support/judges';
import { rawReplicationGroup } from './support/raw-replication-group';

/** Something to judge. `build` gives a new app, and is called once in each test file. */
export interface Subject {
  readonly name: string;
  readonly build: () => App;
  readonly judges: JudgeName[];
}

const all = Object.keys(JUDGES) as JudgeName[];

export const SUBJECTS: Subject[] = [
  { name: 'raw-replication-group', build: () => rawReplicationGroup(), judges: all },
  ...exampleFiles().map(({ name, file }) => ({ name, build: () => exampleApp(file), judges: all })),
  // cdk-nag judges what somebody chose, a single node for example; here chance chose.
  { name: 'generated-caches', build: () => generatedCaches(20), judges: all.filter(judge => judge !== 'cdk-nag') },
];
