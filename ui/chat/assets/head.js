// Runs before anything is drawn: the page speaks Spanish whatever the browser speaks, in the chosen theme.
(() => {
  document.documentElement.lang = 'es';
  const spanish = { get: () => 'es', configurable: true };
  Object.defineProperty(window.navigator, 'language', spanish);
  Object.defineProperty(window.navigator, 'languages', { get: () => ['es'], configurable: true });
  const kept = () => { try { return localStorage.getItem('consta-theme'); } catch (refused) { return null; } };
  const dark = () => (kept() ? kept() === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches);
  const paint = () => {
    document.body.classList.toggle('dark', dark());
    document.documentElement.style.colorScheme = dark() ? 'dark' : 'light';
    document.querySelectorAll('[data-theme-name]').forEach((name) => { name.textContent = dark() ? 'claro' : 'oscuro'; });
  };
  let presses = 0;
  // The server began anew: it knows nothing of this page, which waits for a stream that is gone. What was asked and what
  // was being written come back when the page is loaded anew.
  window.addEventListener('pagehide', () => window.consta.keepDraft());
  const plainFetch = window.fetch;
  let started = '';
  window.fetch = async (...given) => {
    const answer = await plainFetch(...given);
    const now = answer.headers.get('x-consta-inicio');
    if (now && started && now !== started) {
      location.reload();
      return new Promise(() => {}); // nobody is told of what comes too late
    }
    started = now || started;
    return answer;
  };
  let sent = null;
  const box = () => document.querySelector('#question textarea');
  document.addEventListener('keypress', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && event.target === box()) sent = event.target.value;
  }, true);
  document.addEventListener('click', (event) => {
    if (event.target.closest('#send')) sent = box()?.value ?? null;
  }, true);
  const who = () => document.querySelector('a[href="/salir"]')?.textContent ?? '';
  window.consta = {
    press: () => { presses += 1; return presses; }, // in which order evidence was asked for
    // The questions of a conversation, for when the page is loaded anew: of this tab and this user alone.
    keepTalk(asked) {
      try {
        if (asked) sessionStorage.setItem('consta-talk', JSON.stringify([who(), asked]));
        else sessionStorage.removeItem('consta-talk');
      } catch { /* a browser that keeps nothing */ }
    },
    keepDraft() {
      const draft = box()?.value;
      try {
        if (draft) sessionStorage.setItem('consta-draft', JSON.stringify([who(), draft]));
      } catch { /* as above */ }
    },
    // What stood in the box when it was sent. While another question is answered it waits for its turn, and the framework
    // would take what the box holds by then: half of the next question.
    sent(now) {
      const before = sent;
      sent = null;
      return before ?? now;
    },
    // A question leaves the box when it stands in the conversation; what was written meanwhile stays.
    clearBox(question) {
      const into = box();
      if (!into || into.value.trim().replace(/\s+/g, ' ') !== question) return;
      into.value = '';
      into.dispatchEvent(new Event('input', { bubbles: true }));
    },
    takeDraft() {
      try {
        const [name, draft] = JSON.parse(sessionStorage.getItem('consta-draft') ?? '["", ""]');
        sessionStorage.removeItem('consta-draft');
        const into = box();
        if (!draft || name !== who() || !into || into.value) return;
        into.value = draft;
        into.dispatchEvent(new Event('input', { bubbles: true }));
      } catch { /* as above */ }
    },
    keptTalk() {
      window.consta.takeDraft();
      try {
        const [name, asked] = JSON.parse(sessionStorage.getItem('consta-talk') ?? '["", ""]');
        return name === who() ? asked : '';
      } catch { return ''; }
    },
    say(text) {
      let live = document.getElementById('consta-live');
      if (!live) {
        live = document.createElement('div');
        live.id = 'consta-live';
        live.className = 'sr-only';
        live.setAttribute('role', 'status');
        document.body.append(live);
      }
      live.textContent = text;
    },
    async copy(text) {
      try {
        await navigator.clipboard.writeText(text);
      } catch (refused) { // no clipboard outside https and localhost
        const area = document.createElement('textarea');
        area.value = text;
        document.body.append(area);
        area.select();
        document.execCommand('copy');
        area.remove();
      }
    },
    showProof() {
      if (window.innerWidth >= 900) return;
      const proof = document.getElementById('proof');
      if (proof) proof.scrollIntoView({ behavior: 'smooth', block: 'start' });
    },
  };
  document.addEventListener('click', (event) => {
    if (!event.target.closest('[data-theme-toggle]')) return;
    try { localStorage.setItem('consta-theme', dark() ? 'light' : 'dark'); } catch (refused) { return; }
    paint();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', paint);
  const start = () => {
    paint();
    // the framework paints its own choice once it has loaded, and parts of the page arrive later
    new MutationObserver(() => {
      if (document.body.classList.contains('dark') !== dark()) paint();
    }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
    let waits = 0;
    const later = setInterval(() => {
      paint();
      document.documentElement.lang = 'es';
      if (++waits > 20) clearInterval(later);
    }, 250);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
