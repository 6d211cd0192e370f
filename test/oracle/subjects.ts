import { App } from 'aws-cdk-lib';
import { exampleApp, exampleFiles } from './support/example-app';
import { rawReplicationGroup } from './support/raw-replication-group';

/** Something to judge. `build` gives a new app, and is called once in each test file. */
export interface Subject {
  readonly name: string;
  readonly build: () => App;
}

export const SUBJECTS: Subject[] = [
  { name: 'raw-replication-group', build: () => rawReplicationGroup() },
  ...exampleFiles().map(({ name, file }) => ({ name, build: () => exampleApp(file) })),
];
