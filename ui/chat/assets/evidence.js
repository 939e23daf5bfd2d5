// The evidence: page and source buttons ask the server; zoom and sorting stay in the browser.
const fit = () => {
  const viewer = element.querySelector('.viewer');
  if (!viewer || viewer.dataset.ready) return;
  viewer.dataset.ready = 'yes';
  viewer.dataset.zoom = '1';
  const boxes = [...viewer.querySelectorAll('.box')];
  if (!boxes.length) return;
  const paper = viewer.querySelector('.paper');
  // As large as is easy to read, but never so large that one of the boxes falls out of sight, nor, where there is
  // room for both, the names of their rows.
  const narrow = viewer.clientWidth < 560;
  const part = (percent) => (Number(percent) / 100) * paper.clientWidth;
  const left = narrow ? Math.min(...boxes.map((b) => b.offsetLeft)) : part(paper.dataset.from);
  const right = narrow ? Math.max(...boxes.map((b) => b.offsetLeft + b.offsetWidth)) : part(paper.dataset.to);
  const easy = (Number(paper.dataset.width) * 1.4) / viewer.clientWidth;
  const whole = (viewer.clientWidth * (narrow ? 0.86 : 0.96)) / Math.max(right - left, 1);
  const fits = Math.min(easy, whole, 4);
  const size = fits < 1.2 ? 1 : fits; // a little larger only cuts the margins
  viewer.dataset.zoom = String(size);
  paper.style.width = `${size * 100}%`;
  viewer.scrollTop = Math.max(0, Math.min(...boxes.map((b) => b.offsetTop)) - viewer.clientHeight / 3);
  viewer.scrollLeft = Math.max(0, ((left + right) / 2) * size - viewer.clientWidth / 2);
};
const zoom = (step) => {
  const viewer = element.querySelector('.viewer');
  const paper = viewer.querySelector('.paper');
  const before = Number(viewer.dataset.zoom || 1);
  const now = step === 0 ? 1 : Math.min(4, Math.max(0.5, before * (step > 0 ? 1.35 : 1 / 1.35)));
  const box = viewer.querySelector('.box');
  viewer.dataset.zoom = String(now);
  paper.style.width = `${now * 100}%`;
  if (box && now > 1) {
    viewer.scrollTop = box.offsetTop - viewer.clientHeight / 2;
    viewer.scrollLeft = box.offsetLeft + box.offsetWidth / 2 - viewer.clientWidth / 2;
  }
};
const sort = (button) => {
  const head = button.closest('th');
  const table = button.closest('table');
  const body = table.tBodies[0];
  const rows = [...body.rows];
  rows.forEach((row, at) => { row.dataset.at = row.dataset.at || String(at); });
  const before = head.getAttribute('aria-sort');
  const next = { none: 'descending', descending: 'ascending', ascending: 'none' }[before];
  table.querySelectorAll('th[aria-sort]').forEach((th) => th.setAttribute('aria-sort', 'none'));
  head.setAttribute('aria-sort', next);
  const column = Number(button.dataset.sort);
  const key = (row) => row.cells[column];
  const order = { none: 0, ascending: 1, descending: -1 }[next];
  rows.sort((a, b) => {
    const home = Number(a.dataset.at) - Number(b.dataset.at);
    if (!order) return home;
    const [x, y] = [key(a), key(b)];
    const [m, n] = [x && x.dataset.key, y && y.dataset.key];
    if (m && n) return order * (Number(m) - Number(n)) || home;
    if (m || n) return m ? -1 : 1; // what has no figure goes last, whatever the direction
    return order * (x ? x.textContent : '').localeCompare(y ? y.textContent : '', 'es') || home;
  });
  body.append(...rows);
  window.consta.say(next === 'none' ? 'Orden del informe' : `Ordenado por ${button.textContent}, ${next === 'ascending' ? 'de menor a mayor' : 'de mayor a menor'}`);
};
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const data = button.dataset;
  if (data.cite !== undefined) trigger('cite', { turn: Number(data.turn), source: Number(data.cite), press: window.consta.press() });
  else if (data.page !== undefined) trigger('leaf', { turn: Number(data.turn), source: Number(data.at), page: Number(data.page), press: window.consta.press() });
  else if (data.zoom !== undefined) zoom(Number(data.zoom));
  else if (data.sort !== undefined) sort(button);
});
watch('value', () => {
  const panel = element.closest('#proof');
  if (panel) panel.scrollTop = 0;
  const scroll = element.querySelector('.read .scroll');
  const hit = element.querySelector('.read .hit');
  if (scroll && hit) {
    scroll.scrollTop = Math.max(0, hit.offsetTop - scroll.clientHeight / 2);
    scroll.scrollLeft = Math.max(0, hit.offsetLeft - scroll.clientWidth / 2);
  }
  const image = element.querySelector('.viewer img');
  if (!image) return;
  if (image.complete) fit(); else image.addEventListener('load', fit, { once: true });
});
