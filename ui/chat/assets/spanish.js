// What the framework says in English alone, whatever the page speaks: messages, what it is doing, names for who listens.
(() => {
  const messages = [
    ['Connection to the server was lost. Attempting reconnection...', 'Se perdió la conexión con el servidor. Se intenta recuperarla…'],
    ['Connection errored out.', 'Se perdió la conexión con el servidor.'],
    ['Could not parse server response', 'No se entendió lo que respondió el servidor'],
    ['This application is currently busy. Please try again.', 'Hay muchas personas preguntando en este momento. Vuelva a intentarlo.'],
    ['An Unexpected Error Occurred!', 'Algo falló. Vuelva a intentarlo.'],
    ['Server stopped unexpectedly.', 'El servidor se detuvo.'],
    [/Invalid file types?: (.*?)(?: and (\d+) more)?\. Only (.*) allowed\.?/s, (_, named, more, kinds) =>
      `Ese tipo de archivo no se admite: ${named}${more ? ` y ${more} más` : ''}. Se admiten: ${kinds}.`],
    [/Invalid file type\. Please upload a file that is one of these formats: \[?([^\]]*)\]?/s, 'Ese tipo de archivo no se admite. Se admiten: $1.'],
    ['Upload failed', 'No se pudo subir el archivo. Vuelva a intentarlo.'],
    [/Value: .* is not in the list of choices: .*/s, 'Esta página quedó antigua: vuelva a cargarla.'],
    ['File size exceeds the maximum allowed size of', 'El archivo pasa del tamaño permitido:'],
  ];
  const titles = { Info: 'Aviso', Warning: 'Advertencia', Success: 'Hecho' };
  const doing = [['processing', 'en curso'], ['queue: ', 'en espera: ']];
  const sending = (text) => text.replace(/Uploading\s+(\d+)\s+files?\.\.\./, (_, n) => `Subiendo ${n} ${n === '1' ? 'archivo' : 'archivos'}…`);
  const names = {
    'More tabs': 'Más pestañas', 'Click to upload or drop files': 'Elegir o soltar archivos', 'File upload': 'Subir archivos',
    'Upload a file': 'Subir un archivo', 'Upload file': 'Subir un archivo', 'Uploaded files': 'Archivos subidos',
    Uploading: 'Subiendo', Close: 'Cerrar', Clear: 'Limpiar', Remove: 'Quitar', 'Remove file': 'Quitar el archivo',
    'common.upload': 'Subir archivos', 'Remove all': 'Quitar todo', Download: 'Descargar', Stop: 'Detener', Copy: 'Copiar',
  };
  const texts = (part, change) => {
    const letters = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = letters.nextNode(); node; node = letters.nextNode()) {
      const said = change(node.data);
      if (said !== node.data) node.data = said;
    }
  };
  const replaced = (text, words) => words.reduce((said, [english, spanish]) => said.replace(english, spanish), text);
  // What holds a button must be none itself: it does nothing when it is pressed, and hides the other from who listens.
  const unnest = () => {
    document.querySelectorAll('.toast-header[role]').forEach((head) => {
      head.removeAttribute('role');
      head.removeAttribute('tabindex');
    });
    document.querySelectorAll('button:has(button):not([role])').forEach((around) => { // of a box with files: one more
      around.setAttribute('role', 'group');
      around.setAttribute('tabindex', '-1');
      around.removeAttribute('aria-haspopup');
    });
  };
  const speak = () => {
    unnest();
    document.querySelectorAll('.toast-wrap .toast-title').forEach((title) => {
      texts(title, (text) => text.replace(/^\s*(Info|Warning|Success)\b/, (_, word) => titles[word]));
    });
    document.querySelectorAll('.toast-wrap .toast-messages').forEach((part) => texts(part, (t) => replaced(t, messages)));
    document.querySelectorAll('.meta-text, .meta-text-center').forEach((part) => texts(part, (t) => replaced(t, doing)));
    document.querySelectorAll('.uploading').forEach((part) => texts(part, sending));
    document.querySelectorAll('tr.file').forEach((row) => { // of several files each button says which
      const button = row.querySelector('.label-clear-button');
      const says = `Quitar ${row.querySelector('.filename')?.getAttribute('aria-label')}`;
      if (button && button.getAttribute('aria-label') !== says) button.setAttribute('aria-label', says);
    });
    ['aria-label', 'title'].forEach((kind) => {
      document.querySelectorAll(`[${kind}]`).forEach((part) => {
        const spanish = names[part.getAttribute(kind)];
        if (spanish) part.setAttribute(kind, spanish);
      });
    });
  };
  const start = () => {
    speak();
    const changes = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['aria-label', 'title'] };
    new MutationObserver(speak).observe(document.body, changes);
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
