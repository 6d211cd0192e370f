import { Spread } from '../statistics';

/** Construction and synthesis of some caches, against the same in another way. */
export interface Synthesis {
  readonly subject: string;
  readonly against: string;
  readonly caches: number;
  readonly validation: boolean;
  readonly libraryMilliseconds: number;
  readonly otherMilliseconds: number;
  readonly ratio: Spread;
  readonly processorRatio: Spread;
  readonly library: { readonly resources: number; readonly templateBytes: number };
  readonly other: { readonly resources: number; readonly templateBytes: number };
}

/** Milliseconds a cache, by whose code the processor was in. */
export interface Profile {
  readonly subject: string;
  readonly library: Readonly<Record<string, number>>;
  readonly hand: Readonly<Record<string, number>>;
}

/** All that was measured. */
export interface Results {
  readonly quick: boolean;
  readonly machine: {
    readonly node: string;
    readonly processors: number;
    readonly model: string;
    readonly memoryGiB: number;
    readonly load: number[];
  };
  readonly defaults: Synthesis[];
  readonly topologies: Synthesis[];
  readonly allL1: Synthesis[];
  readonly validatorOn?: Synthesis;
  readonly peers: Synthesis[];
  readonly growth?: {
    readonly few: number;
    readonly many: number;
    readonly exponent: { readonly library: Spread; readonly hand: Spread };
    readonly libraryMilliseconds: number;
    readonly otherMilliseconds: number;
    readonly ratio: Spread;
    readonly processorRatio: Spread;
  };
  readonly profiles: Profile[];
  readonly memory: { readonly caches: number; readonly libraryMebibytes: number; readonly handMebibytes: number; readonly ratio: Spread }[];
  readonly load: { readonly classesMilliseconds: number; readonly difference: Spread };
  readonly checks: { readonly what: string; readonly milliseconds: number; readonly first: number }[];
  readonly sizes: { readonly topology: string; readonly resources: number; readonly templateBytes: number; readonly alarmsWithTopic: number }[];
  readonly package: { readonly packed: number; readonly unpacked: number };
}
