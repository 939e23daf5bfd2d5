// A line that stays until it is read: its link can be copied, and it can be closed.
element.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  if (button.dataset.copy !== undefined) {
    await window.consta.copy(new URL(button.dataset.copy, window.location.href).href);
    button.textContent = 'Copiado';
    window.consta.say('Copiado');
  } else {
    props.value = '';
    document.querySelector('#question textarea')?.focus();
  }
});
watch('value', () => {
  const line = element.querySelector('.notice');
  if (line) window.consta.say(line.dataset.spoken);
});
