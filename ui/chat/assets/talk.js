// Events of the conversation: the buttons of the templates carry what they mean in data attributes.
let begun = 0; // when a question was begun by a button that is not drawn yet: a double click asks once
element.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const data = button.dataset;
  const begins = ['ask', 'choose', 'again', 'edit'].some((name) => data[name] !== undefined);
  if (begins) {
    if (element.querySelector('.step') || Date.now() - begun < 700) return; // one question at a time
    begun = Date.now();
  }
  if (data.cite !== undefined) {
    element.querySelectorAll('.turn').forEach((turn) => turn.classList.toggle('shown', turn.dataset.turn === data.turn));
    trigger('cite', { turn: Number(data.turn), source: Number(data.cite), press: window.consta.press() });
    window.consta.showProof();
  } else if (data.ask !== undefined) trigger('ask', { text: data.ask });
  else if (data.choose !== undefined) trigger('choose', { text: data.choose, turn: Number(data.turn) });
  else if (data.again !== undefined) trigger('again', { turn: Number(data.again) });
  else if (data.edit !== undefined) trigger('edit', { turn: Number(data.edit) });
  else if (data.copy !== undefined) {
    await window.consta.copy(data.copy);
    const before = button.textContent;
    button.textContent = 'Copiado';
    window.consta.say('Copiado');
    setTimeout(() => { button.textContent = before; }, 1600);
  }
});
let spoken = '';
let turns = 0;
watch('value', () => {
  begun = 0;
  const last = element.querySelector('.turn:last-child');
  const talk = element.querySelector('.turns');
  if (!talk) window.consta.keepTalk('');
  else if (talk.dataset.asked !== undefined) window.consta.keepTalk(talk.dataset.asked);
  const box = element.closest('#talk-scroll');
  if (!last || !box) { turns = 0; return; }
  const count = element.querySelectorAll('.turn').length;
  if (count > turns) window.consta.clearBox(last.querySelector('.question').lastChild.data);
  const answer = last.querySelector('[data-spoken]');
  const text = answer ? answer.dataset.spoken : '';
  if (count !== turns || text !== spoken) {
    const top = last.offsetTop - 12;
    if (box.scrollHeight > box.clientHeight) box.scrollTop = top;
    else if (window.innerWidth < 900) last.scrollIntoView({ block: 'start' });
    if (text && text !== spoken) window.consta.say(text);
    turns = count;
    spoken = text;
  }
});
