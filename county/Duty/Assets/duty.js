// Owns: an open page: the stream, the list, the clocks, the tone, and forms that are sent without leaving the page.
// Must never: make an element of a text that did not come from the page's own server as HTML, or sort under somebody's mouse.
'use strict';
(() => {
  const STALE_MS = 8000, RETRY_MS = 2000, TICK_MS = 1000, TONE_S = 0.5, PAUSE_S = 0.2, REMIND_MS = 300000, LIVE_MS = 5000,
    SURE_MS = 10000, ANSWERS_MAX = 5, STILL_MS = 10000, ANEW_MS = 10000, ANSWER_MS = 20000;
  const get = id => document.getElementById(id);
  const page = document.body.dataset.page;
  const english = document.documentElement.lang === 'en';
  const say = (zh, en) => english ? en : zh;
  let clockAheadMs = 0, heardAt = performance.now(), works = true;
  const nowMs = () => Date.now() + clockAheadMs;

  // A connection that died unseen, as while the machine slept, answers nothing for many minutes.
  async function ask(url, options) {
    const end = new AbortController(), timer = setTimeout(() => end.abort(), ANSWER_MS);
    try {
      return await fetch(url, { ...options, signal: end.signal });
    } finally {
      clearTimeout(timer);
    }
  }

  // Clocks
  const two = n => String(n).padStart(2, '0');
  function passed(ms) {
    const s = Math.max(0, Math.floor(ms / 1000)), h = Math.floor(s / 3600);
    return h >= 48 ? say(`${Math.floor(h / 24)} 天`, `${Math.floor(h / 24)} d`)
      : (h > 0 ? `${h}:${two(Math.floor(s / 60) % 60)}` : `${Math.floor(s / 60)}`) + `:${two(s % 60)}`;
  }
  function clocks() {
    const clock = get('clock');
    if (clock) clock.textContent = new Date(nowMs()).toLocaleTimeString('zh-CN', { hour12: false });
    for (const one of document.querySelectorAll('time[data-since]')) {
      const age = nowMs() - Number(one.dataset.since);
      const next = (one.dataset.limits || '').split(' ').map(Number).find(limit => limit * 1000 > age);
      one.textContent = passed(age) + (next ? ` / ${passed(next * 1000)}` : '');
    }
  }

  // Sound
  let audio = null, fires = 0, tone = null;
  const running = () => audio !== null && audio.state === 'running';
  function beep(frequencies, seconds) {
    if (!running()) return null;
    const oscillator = audio.createOscillator(), gain = audio.createGain();
    gain.gain.value = 0.4;
    oscillator.connect(gain).connect(audio.destination);
    let at = audio.currentTime;
    for (const f of frequencies) { oscillator.frequency.setValueAtTime(f, at); at += seconds; }
    oscillator.start();
    oscillator.stop(at);
    return oscillator;
  }
  function fireTone() {
    if (tone || fires === 0 || !running()) return;
    tone = beep([800, 1000, 800, 1000, 800, 1000], TONE_S);
    tone.onended = () => { tone = null; setTimeout(fireTone, PAUSE_S * 1000); };
  }
  // Says to the county that this page sounds: a page whose audio stands still does not.
  let pageName = '', soundedS = -1;
  function report() {
    if (!pageName || !running() || audio.currentTime <= soundedS) return;
    soundedS = audio.currentTime;
    ask('/sounding/' + pageName, { method: 'POST' }).catch(() => {});
  }
  function quiet() { if (tone) { tone.onended = null; tone.stop(); tone = null; } }
  function sounds() {
    fires = document.querySelectorAll('#list > [data-sound="fire"]').length;
    if (fires > 0) fireTone(); else quiet();
    const mute = get('mute');
    if (mute) mute.hidden = running();
    document.title = (fires > 0 ? `▲${fires} ` : '') + document.title.replace(/^▲\d+ /, '');
  }
  function begin() {
    audio = audio || new AudioContext();
    audio.onstatechange = sounds;
    audio.resume().then(() => { beep([800, 1000], TONE_S); sounds(); report(); });
  }

  // The list
  let movedAt = -Infinity, chosen = null;
  function sorted() {
    const list = get('list');
    if (performance.now() - movedAt < STILL_MS) return;
    const focus = document.activeElement;
    const rows = [...list.children], right = [...rows].sort((a, b) => a.dataset.rank < b.dataset.rank ? -1 : 1);
    right.forEach((row, i) => { if (list.children[i] !== row) list.insertBefore(row, list.children[i] || null); });
    if (focus && list.contains(focus) && document.activeElement !== focus) focus.focus();
  }
  function put(row) {
    let item = get('c-' + row.id);
    const before = item ? item.dataset.sound : '';
    if (!item) {
      item = document.createElement('li');
      item.className = 'row';
      item.id = 'c-' + row.id;
      get('list').append(item);
    }
    const focused = item.contains(document.activeElement) ? document.activeElement.className : null;
    item.innerHTML = row.html;
    item.dataset.rank = row.rank;
    item.dataset.sound = row.sound;
    if (focused) { const same = [...item.querySelectorAll('a,button')].find(e => e.className === focused); if (same) same.focus(); }
    if (row.sound === 'fire' && before !== 'fire') get('news').textContent = item.textContent;
  }
  function told(change, all) {
    if (all) {
      const names = new Set(change.rows.map(row => 'c-' + row.id));
      for (const item of [...get('list').children]) if (!names.has(item.id)) item.remove();
    }
    for (const id of change.gone) { const item = get('c-' + id); if (item) item.remove(); }
    const fresh = change.rows.some(row => row.sound !== 'fire' && !get('c-' + row.id));
    change.rows.forEach(put);
    for (const [key, value] of Object.entries(change.counts)) { const n = get('n-' + key); if (n) n.textContent = value; }
    get('shift').textContent = change.shift;
    get('n-more').textContent = change.more;
    get('more').hidden = change.more === 0;
    get('none').hidden = get('list').children.length > 0;
    change.cells.forEach(cell);
    sorted();
    marked();
    clocks();
    sounds();
    if (fresh && fires === 0 && change.more === 0) beep([440], TONE_S);
    if (!get('case')) return;
    const shown = document.querySelector('#case article');
    if (change.rows.some(row => shown && row.id === shown.dataset.case) || change.gone.includes(shown && shown.dataset.case)) {
      choose(shown.dataset.case, false);
    } else if (!chosen) {
      const first = document.querySelector('#list > [data-sound="fire"] [data-case]');
      if (first && (!shown || !get('c-' + shown.dataset.case) || get('c-' + shown.dataset.case).dataset.sound !== 'fire')) {
        choose(first.dataset.case, false);
      }
    }
  }
  function cell(one) {
    const item = get('s-' + one.station);
    if (!item) return;
    item.className = 'cell ' + one.look;
    item.querySelector('.sign').textContent = one.sign;
    item.querySelector('.state').textContent = say(one.state, one.stateEn);
  }
  function marked() {
    const shown = document.querySelector('#case article');
    for (const link of document.querySelectorAll('#list [data-case]')) {
      link.closest('.row').classList.toggle('chosen', Boolean(shown) && link.dataset.case === shown.dataset.case);
    }
  }

  // A part comes anew: what somebody is writing stays.
  function refill(panel, html) {
    const fields = () => panel.querySelectorAll('input[name]:not([type=hidden]):not([type=file])');
    const name = input => [...panel.querySelectorAll('form')].filter(one => one.action === input.form.action).indexOf(input.form) + ' '
      + input.form.getAttribute('action') + ' ' + input.name + (input.type === 'radio' ? ' ' + input.value : '');
    const kept = {};
    for (const input of fields()) {
      kept[name(input)] = { value: input.value, checked: input.checked, focus: input === document.activeElement };
    }
    panel.innerHTML = html;
    for (const input of fields()) {
      const was = kept[name(input)];
      if (!was) continue;
      if (input.type === 'radio') input.checked = was.checked; else input.value = was.value;
      if (was.focus) input.focus();
    }
  }
  function show(html) {
    refill(get('case'), html);
    marked();
    clocks();
  }
  async function choose(id, byPerson) {
    if (byPerson) chosen = id;
    const answer = await ask('/cases/' + encodeURIComponent(id), { headers: { 'X-Part': '1' } });
    if (answer.ok) {
      show(await answer.text());
      if (byPerson) history.replaceState(null, '', '/?case=' + encodeURIComponent(id));
    } else if (answer.status === 401) location.assign('/sign-in');
  }
  // A dialog of the browser would hold the page up: a new fire would be neither seen nor heard until it is answered.
  function sure(form) {
    if (!form.dataset.confirm || form.querySelector('.sure')) return true;
    const words = document.createElement('p');
    words.className = 'sure';
    words.setAttribute('role', 'alert');
    words.textContent = form.dataset.confirm + ' ' + say('再按一次确认。', 'Press again to confirm.');
    form.append(words);
    setTimeout(() => words.remove(), SURE_MS);
    return false;
  }
  function problem(text) {
    const main = document.querySelector('main'), before = get('problem'), words = before || document.createElement('p');
    words.id = 'problem';
    words.className = 'refusal';
    words.setAttribute('role', 'alert');
    words.textContent = text;
    if (!before) main.before(words);
  }
  async function send(form) {
    if (!sure(form)) return;
    const live = get('live'), told = get('problem');
    if (told) told.remove();
    const fields = new FormData(form), body = form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields);
    form.querySelectorAll('button').forEach(b => { b.disabled = true; });
    try {
      const answer = await ask(form.action, { method: 'POST', body, headers: { 'X-Part': '1' } });
      if (answer.status === 401) { location.assign('/sign-in'); return; }
      const text = await answer.text();
      if (answer.ok || answer.status === 409) {
        if (answer.ok && !text.includes('class="confirm"')) form.reset();
        if (live) {
          refill(live, text);
          live.scrollIntoView({ block: 'nearest' });
          const asked = live.querySelector('.confirm button');
          if (asked) asked.focus();
          return;
        }
        show(text);
        const article = document.querySelector('#case article');
        if (article) { chosen = article.dataset.case; get('case').scrollTop = 0; }
      } else problem(text);
    } catch {
      problem(say('没有应答，请看清后重试', 'no answer: look, then try again'));
    } finally {
      form.querySelectorAll('button').forEach(b => { b.disabled = false; });
    }
  }

  // The stream
  let stream = null, triedAt = 0, staleTold = false;
  function heard() {
    heardAt = performance.now();
    if (staleTold) aged();
  }
  function connect() {
    if (stream) stream.close();
    const mine = stream = new EventSource('/stream');
    triedAt = performance.now();
    stream.addEventListener('page', e => {
      heard();
      const told = JSON.parse(e.data);
      pageName = told.name;
      clockAheadMs = told.atMs - Date.now();
      report();
    });
    stream.addEventListener('all', e => { heard(); told(JSON.parse(e.data), true); });
    stream.addEventListener('change', e => { heard(); told(JSON.parse(e.data), false); });
    stream.addEventListener('order', answered);
    stream.addEventListener('beat', e => {
      heard();
      const beat = JSON.parse(e.data);
      clockAheadMs = beat.atMs - Date.now();
      works = beat.works;
      aged();
      report();
    });
    stream.addEventListener('out', () => { stream.close(); location.assign('/sign-in'); });
    stream.onerror = () => {
      if (mine.readyState !== EventSource.CLOSED || mine !== stream) return;
      setTimeout(async () => {
        try {
          const answer = await ask('/cases/-', { headers: { 'X-Part': '1' } });
          if (answer.status === 401) { location.assign('/sign-in'); return; }
        } catch { /* The county is away: try again. */ }
        if (mine === stream) connect();
      }, RETRY_MS);
    };
  }
  function aged() {
    const age = performance.now() - heardAt, stale = age > STALE_MS || !works;
    // A stream of which nothing is heard may never say that it ended.
    if (age > STALE_MS && performance.now() - triedAt > ANEW_MS) connect();
    document.body.classList.toggle('stale', stale);
    const bar = get('stale');
    bar.hidden = !stale;
    const text = !works && age <= STALE_MS ? say('数据库无应答，画面可能已过期', 'The database does not answer: this picture may be old')
      : say('画面已过期', 'This picture is old') + ' ' + Math.floor(age / 1000) + ' s';
    if (stale) bar.textContent = text;
    if (stale && !staleTold) beep([440], TONE_S);
    staleTold = stale;
    get('age').textContent = Math.floor(age / 1000) + ' s';
  }

  clocks();
  setInterval(clocks, TICK_MS);
  document.addEventListener('submit', e => {
    if (/^\/(cases|stations)\//.test(e.target.getAttribute('action'))) { e.preventDefault(); send(e.target); }
  });
  // What a box answers is shown when it does, and a station's page looks for itself now and then.
  const live = get('live');
  function answered(e) {
    const news = JSON.parse(e.data), list = get('answers'), id = `o-${news.station}-${news.number}`, before = get(id);
    if (!list || (live && live.dataset.part !== '/stations/' + news.station)) return;
    if (before) before.remove();
    const item = document.createElement('li');
    item.id = id;
    item.className = news.state;
    item.textContent = new Date(nowMs()).toLocaleTimeString('zh-CN', { hour12: false }) + ' ' + say(news.zh, news.en);
    list.prepend(item);
    while (list.children.length > ANSWERS_MAX) list.lastChild.remove();
    if (live) look();
  }
  async function look() {
    const at = document.activeElement, inside = live.contains(at);
    if ((inside && at.tagName !== 'BUTTON') || live.querySelector('.confirm, .sure')) return;
    const action = inside && at.form ? at.form.getAttribute('action') : null;
    try {
      const answer = await ask(live.dataset.part, { headers: { 'X-Part': '1' } });
      if (answer.status === 401) { location.assign('/sign-in'); return; }
      if (answer.ok && !live.querySelector('.confirm')) refill(live, await answer.text());
    } catch { return; }
    const same = action && live.querySelector(`form[action="${action}"] button`);
    if (same) same.focus();
  }
  if (live) {
    setInterval(look, LIVE_MS);
    const orders = () => {
      const told = new EventSource('/stream?only=orders');
      told.addEventListener('order', answered);
      told.onerror = () => { if (told.readyState === EventSource.CLOSED) setTimeout(orders, RETRY_MS); };
    };
    orders();
  }
  if (page !== 'desk' && page !== 'wall') return;
  const list = get('list');
  // A hand that moves may be about to click; one that was left there must not keep a new fire at the end of the list.
  list.addEventListener('pointermove', () => { movedAt = performance.now(); });
  list.addEventListener('pointerleave', () => { movedAt = -Infinity; sorted(); });
  document.addEventListener('click', e => {
    const link = e.target.closest('a[data-case]');
    if (link && page === 'desk') { e.preventDefault(); choose(link.dataset.case, true); }
    if (e.target.closest('#sound')) begin();
  });
  document.addEventListener('keydown', e => {
    if (e.key !== 'F2') return;
    e.preventDefault();
    const next = document.querySelector('#list > [data-sound="fire"] .take') || document.querySelector('#list a');
    if (next) next.focus();
  });
  // Where the browser is told to let pages sound, as at a wall, nobody has to click.
  try { audio = new AudioContext(); audio.onstatechange = sounds; } catch { audio = null; }
  sounds();
  marked();
  setInterval(() => { aged(); sounds(); sorted(); }, TICK_MS);
  setInterval(() => { if (document.querySelector('#list > [data-rank^="1-"]')) beep([440], TONE_S); }, REMIND_MS);
  connect();
})();
