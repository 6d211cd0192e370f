/** For how many days backups are kept unless told otherwise. A contract: it does not change within a major version. */
export const DEFAULT_RETENTION = 7;
