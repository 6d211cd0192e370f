/**
 * What a user may do, in the engine's access control language.
 *
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html#Access-string
 */
export class AccessString {
  /**
   * What an application needs: every key and channel, and every command but the administrative and the dangerous ones
   * (`FLUSHALL`, `KEYS`, `CONFIG` and their like). `INFO`, which clients send when they connect, is allowed.
   */
  public static readWrite(): AccessString {
    return new AccessString('on ~* &* +@all -@admin -@dangerous +info');
  }

  /** Nothing at all: the user cannot log in. */
  public static none(): AccessString {
    return new AccessString('off -@all');
  }

  /**
   * An access string as it is.
   *
   * @param accessString for example `on ~app:* +@read`; passwords do not belong into it
   */
  public static of(accessString: string): AccessString {
    return new AccessString(accessString);
  }

  private constructor(private readonly text: string) {}

  /** The access string as the service takes it. */
  public toString(): string {
    return this.text;
  }
}
