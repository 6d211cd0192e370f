/** What is used here of a package that brings no types. */
declare module 'commonmark' {
  export interface Node {
    readonly type: string;
    /** The text of a block of code, or of code in a line. */
    readonly literal: string | null;
    /** What stands behind the fence of a block of code. */
    readonly info: string | null;
    readonly sourcepos?: [[number, number], [number, number]];
    readonly parent: Node | null;
    walker(): { next(): { readonly entering: boolean; readonly node: Node } | null };
  }
  export class Parser {
    public parse(markdown: string): Node;
  }
}
