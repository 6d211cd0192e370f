/** What does not follow from the text of an engine version. */
export interface VersionOptions {
  /**
   * The family of the version's parameter groups, for example `valkey9`.
   *
   * @default - follows from the version; needed when the version is a token
   */
  readonly parameterGroupFamily?: string;
}
