// Before the first paint: the scheme, density and language of last time, and whether the frame of somebody signed in is about to come.
(function () {
  var root = document.documentElement;
  var read = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var scheme = read('trainyard.scheme');
  if (scheme !== 'light' && scheme !== 'dark') {
    scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.setAttribute('data-mantine-color-scheme', scheme);
  root.dataset.density = read('trainyard.density') === 'comfortable' ? 'comfortable' : 'compact';
  var language = read('trainyard.language') || navigator.language;
  root.lang = /^zh/i.test(language) ? 'zh-CN' : 'en';
  if (read('trainyard.frame') === '1' && !/^\/(sign-in|setup)$/.test(location.pathname)) root.dataset.boot = 'frame';
})();
