// The button at the foot of a help page opens the chat that the loader put on the page.
for (const button of document.querySelectorAll('[data-xiaoer-open]')) {
  button.addEventListener('click', () => window.xiaoer && window.xiaoer('open'))
}
