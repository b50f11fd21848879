import NativeEnvironment from '../test/native-environment.ts';

interface Block {
  children: Block[];
  type: 'describeBlock' | 'test';
  mode?: string;
}

/** The api's environment, in which nothing more is tried in a spec file once one of its tests has failed: one is enough. */
export default class FirstFailure extends NativeEnvironment {
  handleTestEvent(event: { name: string; test?: { errors: unknown[] } }, state: { rootDescribeBlock: Block }): void {
    if (event.name === 'test_done' && event.test && event.test.errors.length > 0) skip(state.rootDescribeBlock);
  }
}

function skip(block: Block): void {
  block.mode = 'skip';
  if (block.type === 'describeBlock') for (const child of block.children) skip(child);
}
