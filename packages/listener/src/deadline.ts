/**
 * What `work` comes to, if it does so in time.
 *
 * @param late makes the error of being late; the work goes on.
 */
export async function beforeDeadline<T>(work: PromiseLike<T>, ms: number, late: () => Error): Promise<T> {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  work.then(over, over);
  // What is done already needs no timer, which would cost more than all the rest.
  await undefined;
  if (isOver) return work;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(late()), ms);
    const inTime =
      <V>(settle: (value: V) => void) =>
      (value: V) => {
        clearTimeout(timer);
        settle(value);
      };
    work.then(inTime(resolve), inTime(reject));
  });
}
