// Sets language and theme before the first paint, so that nothing flashes. A file of its own: the page's policy allows no inline script.
(function () {
  var root = document.documentElement, saved = {};
  try { saved = JSON.parse(localStorage.getItem('xiaoer.preferences') || '{}'); } catch (e) { saved = {}; }
  var dark = saved.theme === 'dark' || (saved.theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = dark ? 'dark' : 'light';
  var lang = saved.language || (navigator.language.toLowerCase().indexOf('zh') === 0 ? 'zh' : 'en');
  root.lang = lang === 'zh' ? 'zh-CN' : 'en';
})();
