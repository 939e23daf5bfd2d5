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
  window.consta = {
    press: () => { presses += 1; return presses; }, // in which order evidence was asked for
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
