// The framework takes a stream of events for open until it has read its end. An event that the server queued after that
// end was sent would be waited for on a stream that tells nothing any more: the page would do nothing, for ever. So what
// the server answers to an event is handed on only when no end is on its way here. See streams.py.
(() => {
  const plainFetch = window.fetch;
  const HEADER = 'x-consta-hilo';
  let stream = { number: 0, over: null, broken: false }; // the last that was opened: the framework has one at a time
  // What comes on a stream, as it comes. ended: called when the framework has read all of it; broke: when it cannot.
  const told = (answer, ended, broke) => {
    const reader = answer.body.getReader();
    const body = new ReadableStream({
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (!done) controller.enqueue(value);
          else {
            controller.close();
            setTimeout(ended); // it has asked for more after the last part, and reads that before anything else is done
          }
        } catch (error) {
          broke(error);
          controller.error(error);
        }
      },
      cancel(reason) {
        ended();
        return reader.cancel(reason);
      },
    }, { highWaterMark: 0 });
    return new Response(body, { status: answer.status, statusText: answer.statusText, headers: answer.headers });
  };
  const open = async (...given) => {
    const opened = { broken: false };
    let ended;
    opened.over = new Promise((over) => { ended = over; });
    const broke = (error) => {
      opened.broken = error.name !== 'AbortError'; // that is the framework, which has read the end
      ended();
    };
    const answering = plainFetch(...given);
    opened.number = answering.then((answer) => Number(answer.headers.get(HEADER)), () => 0);
    stream = opened;
    try {
      const answer = await answering;
      return answer.ok && answer.body ? told(answer, ended, broke) : answer;
    } catch (error) {
      broke(error);
      throw error;
    }
  };
  const join = async (...given) => {
    const answer = await plainFetch(...given);
    const [last, current] = (answer.headers.get(HEADER) ?? '').split(' ').map(Number);
    const mine = stream;
    const number = last ? await mine.number : 0;
    if (number && number <= last && number !== current) await mine.over;
    // A stream that breaks while nothing is under way is taken for open as well. As when the server began anew: what was
    // asked and what was being written come back.
    if (mine.broken) {
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
