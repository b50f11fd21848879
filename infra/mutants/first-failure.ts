import NativeEnvironment from '../test/native-environment.ts';

interface Block {
  /** Of a test, none. */
  children?: Block[];
  mode?: unknown;
}

/** The api's environment, in which nothing more is tried in a spec file once one of its tests has failed: one is enough. */
export default class FirstFailure extends NativeEnvironment {
  handleTestEvent(event: { name: string; test?: { errors: unknown[] } }, state: { rootDescribeBlock: Block }): void {
    if (event.name === 'test_done' && event.test && event.test.errors.length > 0) skip(state.rootDescribeBlock);
  }
}

/** Nothing more of it is tried, but what has begun. */
export function skip(block: Block): void {
  block.mode = 'skip';
  for (const child of block.children ?? []) skip(child);
}
