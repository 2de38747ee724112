import { withoutTokenTraces } from '../../stacks/without-token-traces';

/** What a token keeps of the place where it was made. */
function capturedTrace(): string | undefined {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder);
  return holder.stack;
}

describe('withoutTokenTraces', () => {
  test('gives the result of what it runs, in which no trace is captured', () => {
    expect(capturedTrace()).toBeDefined();

    expect(withoutTokenTraces(() => [capturedTrace(), 'result'])).toEqual([undefined, 'result']);
  });

  test('leaves errors their own traces', () => {
    const error = withoutTokenTraces(() => new Error('reason'));

    expect(error.stack).toContain('Error: reason\n    at ');
  });

  test('captures traces again afterwards', () => {
    withoutTokenTraces(() => {});

    expect(capturedTrace()).toBeDefined();
  });

  test('captures traces again where the run fails, with the error of the run', () => {
    const fail = () => {
      throw new Error('reason');
    };

    expect(() => withoutTokenTraces(fail)).toThrow('reason');

    expect(capturedTrace()).toBeDefined();
  });
});
