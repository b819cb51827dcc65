const {
	copyFileSync,
	existsSync,
	linkSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} = require('node:fs');
const { join } = require('node:path');

/**
 * bun decides for itself which of two versions a peer dependency sees, and has one set of dependencies for all copies of a package: the
 * tree differs from npm's in some places. This moves every package of `dir` to its place in the lock file; sources are the tree itself and, for
 * missing packages, `fetch`, which installs a folder like this one.
 */
async function layOutAsLocked(dir, lock, packages, idOf, fetch) {
	const there = new Map(packages.map(({ path, id }) => [path, id]));
	const source = new Map(packages.map(({ path, id }) => [id, join(dir, path)]));
	const work = join(dir, 'node_modules', '.placing');
	const wrong = Object.entries(lock).filter(([path, entry]) => there.get(path) !== idOf(path, entry));
	const lacking = wrong.filter(([path, entry]) => !isOptional(entry) && !source.has(idOf(path, entry)));
	if (lacking.length > 0) {
		for (const [id, path] of await fetchApart(dir, lacking, idOf, join(work, 'fetched'), fetch))
			source.set(id, path);
	}
	const placed = wrong
		.filter(([path, entry]) => source.has(idOf(path, entry)))
		.map(([path, entry], i) => {
			const kept = join(work, String(i));
			linkTree(source.get(idOf(path, entry)), kept);
			return { path, kept };
		});
	for (const { path, id } of packages) {
		// The lock file does not list packages inside a package that it does not list.
		if (lock[path] === undefined) rmSync(join(dir, path), { recursive: true, force: true });
		else if (idOf(path, lock[path]) !== id) removeFiles(join(dir, path));
	}
	for (const { path, kept } of placed) {
		mkdirSync(join(dir, path), { recursive: true });
		for (const entry of readdirSync(kept)) renameSync(join(kept, entry), join(dir, path, entry));
	}
	rmSync(work, { recursive: true, force: true });
}

const isOptional = ({ optional, devOptional, link }) => Boolean(optional || devOptional || link);

/** Installs these packages of a lock file into a folder of their own, with their sums; returns their places by `name@version`. */
async function fetchApart(dir, entries, idOf, folder, fetch) {
	const ids = [...new Map(entries.map(([path, entry]) => [idOf(path, entry), entry]))];
	const locked = ids.map(([id, { version, integrity }], i) => {
		const name = id.slice(0, id.lastIndexOf('@'));
		return {
			id,
			alias: `package-${i}`,
			range: `npm:${name}@${version}`,
			entry: { name, version, integrity },
		};
	});
	const root = {
		name: 'fetched',
		dependencies: Object.fromEntries(locked.map(({ alias, range }) => [alias, range])),
	};
	const placed = locked.map(({ alias, entry }) => [`node_modules/${alias}`, entry]);
	const packages = { '': root, ...Object.fromEntries(placed) };
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
	writeFileSync(
		join(folder, 'package-lock.json'),
		JSON.stringify({ lockfileVersion: 3, requires: true, packages }),
	);
	const settings = join(dir, '.npmrc');
	if (existsSync(settings)) writeFileSync(join(folder, '.npmrc'), readFileSync(settings));
	await fetch(folder);
	return locked.map(({ id, alias }) => {
		const place = join(folder, 'node_modules', alias);
		if (!existsSync(place)) throw new Error(`it left out ${id}`);
		return [id, place];
	});
}

/** Links a package's files into another folder by hard links, without the packages inside it. */
function linkTree(from, to, inside = false) {
	mkdirSync(to, { recursive: true });
	for (const entry of readdirSync(from, { withFileTypes: true })) {
		const [source, target] = [join(from, entry.name), join(to, entry.name)];
		if (entry.isDirectory()) {
			if (inside || entry.name !== 'node_modules') linkTree(source, target, true);
		} else link(source, target);
	}
}

function link(source, target) {
	try {
		linkSync(source, target);
	} catch {
		copyFileSync(source, target);
	}
}

/** Removes a package, but not the packages inside it. */
function removeFiles(folder) {
	for (const entry of readdirSync(folder))
		if (entry !== 'node_modules') rmSync(join(folder, entry), { recursive: true });
}

module.exports = { isOptional, layOutAsLocked };
