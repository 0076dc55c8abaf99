// Tells the house that a story was opened and, after it has been visible for
// the dwell, read; nothing else, and nothing is kept in the browser. A failure
// here can never be felt on the page.
(function (d, w) {
  var data = d.currentScript.dataset, dwell = +data.dwell + 250, again = [1e4, 6e4, 3e5];
  var view, token, opened, read, seen, since, timer, tries;
  function post(body) { return fetch('/b', { method: 'POST', keepalive: true, body: body }); }
  function report() { return 'r ' + data.story + ' ' + view + ' ' + token; }
  function later(what) { if (tries < again.length) setTimeout(what, again[tries++]); }
  function from() { try { return new URL(d.referrer).host; } catch (e) { return '-'; } }
  function open() {
    var mine = view;
    opened = 1;
    post('o ' + data.story + ' ' + view + ' ' + from()).then(function (r) {
      if (r.status > 499) throw r;
      return r.ok ? r.text() : '';
    }).then(function (text) {
      if (mine !== view) return;
      token = text.trim(); tries = 0; seen = 0; since = 0;
      watch();
    }).catch(function () { if (mine === view) later(open); });
  }
  function tell() {
    if (read) return;
    var mine = view;
    read = 1;
    post(report()).then(function (r) { if (r.status > 499) throw r; }).catch(function () {
      if (mine === view) { read = 0; later(tell); }
    });
  }
  function watch() {
    clearTimeout(timer);
    if (d.prerendering || d.hidden) {
      if (since) { seen += performance.now() - since; since = 0; }
    } else if (!opened) open();
    else if (token && !read) {
      since = since || performance.now();
      timer = setTimeout(function () { seen = dwell; tell(); }, Math.max(0, dwell - seen - performance.now() + since));
    }
  }
  function begin() {
    var random = crypto.getRandomValues(new Uint32Array(2));
    view = ('0000000' + random[0].toString(16)).slice(-8) + ('0000000' + random[1].toString(16)).slice(-8);
    token = opened = read = seen = since = tries = 0;
    watch();
  }
  d.addEventListener('visibilitychange', watch);
  d.addEventListener('prerenderingchange', watch);
  w.addEventListener('pageshow', function (e) { if (e.persisted) begin(); });
  w.addEventListener('pagehide', function () {
    if (token && !read && seen >= dwell) navigator.sendBeacon('/b', report());
  });
  begin();

  var share = d.querySelector('.share'), copy = share.querySelector('.copy'), send = share.querySelector('.send');
  var page = d.querySelector('link[rel=canonical]').href;
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.onclick = function () {
      navigator.clipboard.writeText(page).then(function () {
        copy.classList.add('done');
        share.querySelector('[role=status]').textContent = share.dataset.done;
      });
    };
  }
  if (navigator.share) {
    send.hidden = false;
    send.onclick = function () { navigator.share({ title: d.title, url: page }).catch(function () {}); };
  }
})(document, window);
