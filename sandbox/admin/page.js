// The script of the sandbox's page, served as it is. All texts from outside become text nodes, never HTML.

const verdicts = {
	pass: 'Pass',
	fail: 'Fail',
	odd: 'Contradictory',
	hit: 'Potential match',
	registered: 'Registered',
	error: 'Job failed',
	waiting: 'Waiting',
};
const conclusions = { pass: 'Pass', review: 'Review', fail: 'Fail', error: 'Error' };
const services = {
	authenticate_face: 'Authenticate',
	face_liveness: 'Liveness',
	register_face: 'Register',
	kyc_passport: 'Verify passport',
	kyc_card: 'Verify card',
	kyc_passport_with_background_check: 'Verify passport, background',
	kyc_card_with_background_check: 'Verify card, background',
	ocr_passport: 'Read passport',
	ocr_card: 'Read card',
	background_check: 'Background',
};
const resets = {
	before: 'before the body',
	afterBody: 'after the body',
	midAnswer: 'in the middle of the answer',
};

const clock = (ms) => new Date(ms).toLocaleTimeString('en-GB');
const day = (ms) => new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const seconds = (ms) => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

// Scores come as numbers or as texts; what is neither is not shown.
function decimal(value, digits, unit = '') {
	const number = typeof value === 'string' && value.trim() ? Number(value) : value;
	return Number.isFinite(number) ? number.toFixed(digits) + unit : '';
}
const percent = (value) => decimal(value, 1, ' %');
const probability = (value) => decimal(value, 3);

const byId = (id) => document.getElementById(id);

// A text that did not change is left alone, so that it can be selected and is not read out again.
function setText(id, text) {
	const element = byId(id);
	if (element.textContent !== String(text)) element.textContent = text;
}

function make(tag, attributes, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
	element.append(...children);
	return element;
}

const row = (...cells) => make('tr', {}, ...cells);
const cell = (kind, ...children) => make('td', { class: kind }, ...children);
// On a phone the headings are hidden, so the label precedes the number.
const numberCell = (label, text) => make('td', { class: 'num', 'data-label': label }, text);
const chip = (kind, text) => make('span', { class: `chip ${kind}` }, text);
const copyButton = (text, what) =>
	make('button', { type: 'button', 'data-copy': text, 'aria-label': `Copy ${what}` }, 'Copy');

function credentialRow([label, value]) {
	return make('div', {}, make('dt', {}, label), make('dd', {}, value), copyButton(value, label));
}

function faultRow({ on, do: action, hits, times = 'all', after }) {
	const count = `${hits} of ${times}${after ? `, after ${after}` : ''}`;
	return row(cell('', chip('', on)), cell('', faultText(action)), cell('num soft', count));
}

function faultText({ status, delay, drip, hang, reset }) {
	if (status) return `answered ${status}`;
	if (delay !== undefined) return `answered ${seconds(delay)} late`;
	if (drip !== undefined) return `answered one byte every ${seconds(drip)}`;
	return hang ? 'never answered' : `connection reset ${resets[reset]}`;
}

function taskRow({ taskId, service, verdict = 'waiting', codes = [], scenario, ...task }) {
	const person = scenario
		? cell('person', make('span', { class: 'soft' }, 'scenario '), scenario)
		: cell('person mono', task.registered ?? task.uuid ?? '');
	const id = make('span', { class: 'mono id', title: taskId }, taskId);
	return row(
		cell('nowrap soft', clock(task.submittedAt)),
		cell('', services[service] ?? service),
		cell('', chip(verdict, verdicts[verdict]), ' ', make('span', { class: 'mono' }, codes.join(', '))),
		numberCell('match', percent(task.match)),
		numberCell('liveness', probability(task.liveness)),
		person,
		make('td', { class: 'task', 'data-label': 'task' }, id, copyButton(taskId, 'the task ID')),
		numberCell('took', task.finishedAt ? seconds(task.finishedAt - task.submittedAt) : ''),
		numberCell('polls', task.polls),
	);
}

function faceRow({ uuid, registeredAt }) {
	return row(cell('mono', uuid), cell('soft', day(registeredAt)), cell('num', copyButton(uuid, 'this UUID')));
}

function scenarioRow({ uuid, photo, name, does, conclusion }) {
	// `text in backticks` becomes code.
	const text = does.split('`').map((part, index) => (index % 2 ? make('code', {}, part) : part));
	const link = { href: photo, download: `${name}.png`, 'aria-label': `Photo of ${name}` };
	return row(
		cell('', name),
		cell('', ...text),
		cell('', chip(conclusion, conclusions[conclusion])),
		cell('', uuid ?? ''),
		cell('nowrap', make('a', link, 'Photo'), ...(uuid ? [copyButton(uuid, `the UUID of ${name}`)] : [])),
	);
}

const shown = new WeakMap();

// Rows whose item did not change stay in place, so that they keep the focus and the selection.
function showRows(id, items, toRow) {
	const parent = byId(id);
	const old = new Map([...parent.children].map((element) => [shown.get(element), element]));
	const rows = items.map((item) => {
		const key = JSON.stringify(item);
		const element = old.get(key) ?? toRow(item);
		shown.set(element, key);
		return element;
	});
	for (const element of old.values()) if (!rows.includes(element)) element.remove();
	rows.forEach((element, index) => {
		const there = parent.children[index] ?? null;
		if (there !== element) parent.insertBefore(element, there);
	});
}

function rulesText({ tasks, accepted, engine, settings }) {
	const { match, liveness } = settings.thresholds;
	const state = engine.started ? 'is ready' : 'starts with the first photo';
	return [
		`The face engine ${state}${engine.busy > 0 ? `, ${engine.busy} in its queue` : ''}.`,
		`Passes from a match of ${percent(match * 100)} and a liveness of ${probability(liveness)}, with a face of ${settings.minFaceSize} px at least.`,
		'A higher minimum in n8n makes it a review.',
		accepted > tasks.length ? `Shown are the last ${tasks.length}.` : '',
	].join(' ');
}

function show(overview) {
	const { credentials, faults, tasks, faces, facesKeptIn, now, startedAt } = overview;
	const { baseUrl, username, password } = credentials;
	showRows(
		'credentials',
		Object.entries({ 'Base URL': baseUrl, Username: username, Password: password }),
		credentialRow,
	);

	setText('fault-count', faults.length);
	byId('clear-faults').hidden = faults.length === 0;
	showRows('faults', faults, faultRow);

	setText('task-count', overview.accepted);
	setText('rules', rulesText(overview));
	showRows('tasks', tasks, taskRow);

	setText('face-count', faces.length);
	setText(
		'kept',
		facesKeptIn
			? `Kept in ${facesKeptIn}.`
			: 'Kept in memory: gone when the sandbox stops. Start it with --data <file> to keep them.',
	);
	showRows('faces', faces, faceRow);

	const minutes = Math.floor((now - startedAt) / 60_000);
	setText('state', minutes < 1 ? 'Running' : `Running for ${minutes} min`);
}

async function refresh() {
	try {
		show(await load('/sandbox/overview'));
		byId('state').className = '';
	} catch {
		setText('state', 'The sandbox does not answer. Is it still running?');
		byId('state').className = 'lost';
	}
}

function showScenarios(all) {
	const words = byId('filter').value.trim().toLowerCase();
	const found = all.filter((scenario) => Object.values(scenario).join(' ').toLowerCase().includes(words));
	setText('scenario-count', found.length);
	// On a phone the list is long: there a group is closed until it is opened or searched for.
	const attributes = words || innerWidth > 960 ? { open: '' } : {};
	const groups = [...new Set(found.map(({ group }) => group))].map((group) => {
		const rows = found.filter((scenario) => scenario.group === group).map(scenarioRow);
		const summary = make('summary', {}, `${group} (${rows.length})`);
		return make('details', attributes, summary, make('table', {}, make('tbody', {}, ...rows)));
	});
	byId('scenarios').replaceChildren(...groups);
}

async function load(path) {
	return (await fetch(path)).json();
}

async function copy(text) {
	if (navigator.clipboard) return await navigator.clipboard.writeText(text);
	// Plain http from another machine has no clipboard interface.
	const area = make('textarea', {}, text);
	document.body.append(area);
	area.select();
	const copied = document.execCommand('copy');
	area.remove();
	if (!copied) throw new Error('Not copied');
}

async function onClick({ target }) {
	if (target.dataset.copy === undefined) return;
	const copied = await copy(target.dataset.copy).then(
		() => true,
		() => false,
	);
	target.textContent = copied ? 'Copied' : 'Not copied';
	target.classList.toggle('done', copied);
	setTimeout(() => {
		target.textContent = 'Copy';
		target.classList.remove('done');
	}, 1500);
}

document.addEventListener('click', onClick);
byId('clear-faults').addEventListener('click', async () => {
	await fetch('/sandbox/faults', { method: 'DELETE' });
	await refresh();
});
await refresh();
const scenarios = await load('/sandbox/scenarios');
showScenarios(scenarios);
byId('filter').addEventListener('input', () => showScenarios(scenarios));
setInterval(() => document.hidden || refresh(), 2000);
