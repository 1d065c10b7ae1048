(function () {
  var d = document, b = d.body, hero = d.getElementById("now"), rows = d.getElementById("rows"), net = d.getElementById("net");
  var counter = b.getAttribute("data-counter"), queue = [], known = {}, list = [], shown = "", busy = false, first = true;
  var line = d.getElementById("text"), texts = line.getAttribute("data-texts").split("\n"), at = 0;
  var offset = +b.getAttribute("data-offset"), base = +b.getAttribute("data-now"), since = Date.now(), exact = false;

  function cell(kind, name, text) {
    var e = d.createElement(kind);
    e.className = name;
    e.appendChild(d.createTextNode(text));
    return e;
  }
  function fill(e, call) {
    e.innerHTML = "";
    e.appendChild(cell("b", "", call.label));
    e.appendChild(cell("span", "to", counter.replace("#", call.counter)));
    e.appendChild(cell("span", "at", call.agency));
  }
  function paint() {
    var i, n = 0, e;
    rows.innerHTML = "";
    for (i = 0; i < list.length && n < 5; i++) {
      if (list[i].id !== shown && !waits(list[i].id)) {
        e = d.createElement("li");
        fill(e, list[i]);
        rows.appendChild(e);
        n++;
      }
    }
  }
  function waits(id) {
    for (var i = 0; i < queue.length; i++) { if (queue[i].id === id) { return true; } }
    return false;
  }
  function show(call, ring) {
    shown = call.id;
    fill(hero, call);
    hero.className = (call.label.length > 7 ? "long " : "") + (ring ? "ring" : "");
    paint();
  }
  function next() {
    busy = queue.length > 0;
    if (busy) {
      show(queue.shift(), true);
      setTimeout(next, 6000);
    } else {
      hero.className = hero.className.replace("ring", "");
    }
  }
  function take(calls) {
    var i, fresh = {};
    for (i = calls.length - 1; i >= 0; i--) {
      fresh[calls[i].id] = 1;
      if (!first && !known[calls[i].id]) { queue.push(calls[i]); }
    }
    known = fresh;
    list = calls;
    if (!calls.length) { if (!first && shown) { location.reload(); } }
    else if (first) { show(calls[0], false); }
    first = false;
    if (!busy) { next(); }
    paint();
  }
  function two(n) { return (n < 10 ? "0" : "") + n; }
  function tick() {
    var t = new Date(base + (Date.now() - since) + offset * 60000);
    d.getElementById("clock").textContent = two(t.getUTCHours()) + "." + two(t.getUTCMinutes());
    b.style.paddingTop = (t.getUTCMinutes() % 5) * 2 + "px";
  }
  function turn() {
    at = texts.length ? (at + 1) % texts.length : 0;
    line.textContent = texts[at] || "";
  }
  function say(lines, notice) {
    line.className = notice ? "notice" : "";
    if (lines.join("\n") === texts.join("\n")) { return; }
    texts = lines;
    at = -1;
    turn();
  }
  function lost(on) { net.hidden = !on; }
  function open() {
    var e = new EventSource(b.getAttribute("data-stream"));
    e.onmessage = function (m) {
      var j = JSON.parse(m.data);
      if (j.v !== b.getAttribute("data-v")) { location.reload(); return; }
      lost(j.lost);
      if (j.now !== base || !exact) { base = j.now; since = Date.now(); exact = true; offset = j.offset; }
      d.getElementById("waiting").textContent = j.waiting;
      say(j.texts, j.notice);
      take(j.calls);
      tick();
    };
    e.onerror = function () {
      lost(true);
      if (e.readyState === 2) { setTimeout(open, 5000); }
    };
  }
  tick();
  setInterval(tick, 5000);
  setInterval(turn, 15000);
  if (window.EventSource) { open(); } else { setTimeout(function () { location.reload(); }, 5000); }
})();
