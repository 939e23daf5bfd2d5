// The framework takes a stream of events for open until it has read its end. An event that the server queued after that
// end was sent would be waited for on a stream that tells nothing any more: the page would do nothing, for ever. So what
// the server answers to an event is handed on only when no end is on its way here. See streams.py.
(() => {
  const plainFetch = window.fetch;
  const HEADER = 'x-consta-hilo';
  const none = { number: Promise.resolve(0), over: Promise.resolve() };
  let stream = none; // the last that was opened: the framework has one at a time
  // What comes on a stream, as it comes. A stream that breaks while nothing is under way would be taken for open as well.
  const told = (answer, lost) => {
    const reader = answer.body.getReader();
    const body = new ReadableStream({
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close(); else controller.enqueue(value);
        } catch (error) {
          lost();
          controller.error(error);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    });
    return new Response(body, { status: answer.status, statusText: answer.statusText, headers: answer.headers });
  };
  const open = async (...given) => {
    const { signal } = new Request(...given);
    const opened = { broken: false };
    opened.over = new Promise((over) => { opened.end = over; });
    signal.addEventListener('abort', opened.end, { once: true }); // the framework does so when it has read the end
    const lost = () => {
      opened.broken = !signal.aborted;
      opened.end();
    };
    const answering = plainFetch(...given);
    opened.number = answering.then((answer) => Number(answer.headers.get(HEADER)), () => 0);
    stream = opened;
    try {
      const answer = await answering;
      return answer.ok && answer.body ? told(answer, lost) : answer;
    } catch (error) {
      lost();
      throw error;
    }
  };
  const join = async (...given) => {
    const answer = await plainFetch(...given);
    const [last, current] = (answer.headers.get(HEADER) ?? '').split(' ').map(Number);
    const mine = stream;
    const number = last ? await mine.number : 0;
    if (number && number <= last && number !== current) await mine.over;
    if (mine.broken) { // as when the server began anew: what was asked and what was being written come back
      location.reload();
      return new Promise(() => {});
    }
    return answer;
  };
  const ways = { 'queue/data': open, 'queue/join': join };
  window.fetch = async (...given) => {
    const { pathname } = new URL(given[0].url ?? given[0], location.href);
    return (ways[pathname.split('/gradio_api/')[1]] ?? plainFetch)(...given);
  };
})();
