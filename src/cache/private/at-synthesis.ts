import { Aspects } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { attach, Warning } from '../../private/check';

/**
 * Looks at something when the app is synthesized, once: what is asked for may be made later.
 *
 * @param construct what is warned about
 * @param look what there is to say by then
 */
export function warnAtSynthesis(construct: IConstruct, look: () => Warning | undefined): void {
  let visited = false;
  Aspects.of(construct).add({
    visit: (node) => {
      if (node !== construct || visited) {
        return;
      }
      visited = true;
      const warning = look();
      attach(construct, warning ? [warning] : []);
    },
  });
}
