import { App } from 'cdk8s';
import { IConstruct } from 'constructs';

const NONE = 'no error';

/** The message of the error that a function throws. */
export function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return NONE;
}

/** What validation finds when the app of a construct is synthesized, one finding for each line. */
export function findingsOf(construct: IConstruct): string[] {
  const message = messageOf(() => App.of(construct).synthYaml());
  return message === NONE ? [] : message.split('\n').slice(1).map((line) => line.trim());
}
