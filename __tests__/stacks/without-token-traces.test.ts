import { withoutTokenTraces } from '../../stacks/without-token-traces';

/** The stack trace that a token keeps. */
function capturedTrace(): string | undefined {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder);
  return holder.stack;
}

describe('withoutTokenTraces', () => {
  test('returns the result of the run, in which no trace is captured', () => {
    expect(capturedTrace()).toBeDefined();

    expect(withoutTokenTraces(() => [capturedTrace(), 'result'])).toEqual([undefined, 'result']);
  });

  test('keeps the traces of errors', () => {
    const error = withoutTokenTraces(() => new Error('reason'));

    expect(error.stack).toContain('Error: reason\n    at ');
  });

  test('captures traces again afterwards', () => {
    withoutTokenTraces(() => {});

    expect(capturedTrace()).toBeDefined();
  });

  test('captures traces again if the run fails, and throws the error of the run', () => {
    const fail = () => {
      throw new Error('reason');
    };

    expect(() => withoutTokenTraces(fail)).toThrow('reason');

    expect(capturedTrace()).toBeDefined();
  });
});
