/** Rules about who may import whom. */
import { floors, packageHomes, roomsNever, sharedPackages, tops } from "./layers.mjs";

/** Every import of the tree with the file that it stands in. */
function allImports({ files }) {
	return files.flatMap(({ path, imports }) => imports.map((one) => ({ path, ...one })));
}

/** Arrows point down: between top folders and between the floors of each. */
export function layerRule(tree) {
	return allImports(tree).flatMap((one) => {
		if (one.target === null || !one.path.includes("/")) return [];
		const problem = breakOf(one.path, one.target);
		return problem === null ? [] : [{ path: one.path, line: one.line, say: problem }];
	});
}

function breakOf(path, target) {
	const [from] = path.split("/");
	const [to] = target.split("/");
	if (from !== to) {
		if (tops[from] === undefined || tops[to] === undefined) return null;
		return tops[from].includes(to) ? null : `${from} must not import ${to}`;
	}
	const [high, low] = [floorOf(path), floorOf(target)];
	if (high === null || low === null || high.floor <= low.floor) return null;
	return `${from}/${high.name} must not import ${from}/${low.name}, which stands above it`;
}

/** The floor of a file, counted from the top, and the name of its part; null where none is laid. */
function floorOf(path) {
	const [top, part = ""] = path.split("/");
	const rows = floors[top];
	if (rows === undefined) return null;
	const name = part.replace(/\.\w+$/, "");
	const found = rows.findIndex((row) => row.includes(name));
	return { name, floor: found >= 0 ? found : rows.findIndex((row) => row.includes("*")) };
}

/** Some packages have one home; rooms reach neither sockets nor disks. */
export function packageRule(tree) {
	return allImports(tree).flatMap(({ path, line, specifier, target }) => {
		const problem =
			roomsProblem(path, target ?? specifier) ??
			(target === null ? packageProblem(path, specifier) : null);
		return problem === null ? [] : [{ path, line, say: problem }];
	});
}

function roomsProblem(path, what) {
	if (!path.startsWith("server/rooms/") || !roomsNever.some((never) => never.test(what)))
		return null;
	return `rooms must not import ${what}: it is handed to them`;
}

function packageProblem(path, specifier) {
	const name = packageOf(specifier);
	if (path.startsWith("shared/") && !sharedPackages.includes(name)) {
		return `shared must not import ${name}`;
	}
	const homes = packageHomes[name];
	const isProduct = /^(shared|server|web)\//.test(path);
	if (!isProduct || homes === undefined) return null;
	if (homes.some((home) => isInside(path, home))) return null;
	return `${name} belongs to ${homes.join(", ")}`;
}

function packageOf(specifier) {
	const parts = specifier.split("/");
	return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : parts[0];
}

function isInside(path, home) {
	return path === home || path.startsWith(`${home}/`);
}

/** No circles of files, those of types included; and none of the folders of one floor. */
export function circleRule(tree) {
	return [...fileCircles(tree), ...folderCircles(tree)];
}

function fileCircles({ files }) {
	const edges = new Map(files.map(({ path, imports }) => [path, imports.map((one) => one.target)]));
	return circlesOf(edges).map((circle) => ({
		path: circle[0],
		line: 1,
		say: `a circle of imports: ${[...circle, circle[0]].join(" > ")}`,
	}));
}

function folderCircles(tree) {
	const edges = new Map();
	for (const { path, target } of allImports(tree)) {
		const [from, to] = [path, target].map(folderOf);
		const isOfOneTop = from?.split("/")[0] === to?.split("/")[0];
		if (!from || !to || from === to || !isOfOneTop) continue;
		if (floorOf(path)?.floor !== floorOf(target)?.floor) continue;
		edges.set(from, [...(edges.get(from) ?? []), to]);
	}
	return circlesOf(edges).map((circle) => ({
		path: circle[0],
		line: 1,
		say: `a circle of folders: ${[...circle, circle[0]].join(" > ")}`,
	}));
}

/** `web/chat` for what stands in it or below it; null for a file of a top folder. */
function folderOf(path) {
	const parts = path?.split("/") ?? [];
	return parts.length > 2 && floors[parts[0]] !== undefined ? parts.slice(0, 2).join("/") : null;
}

/** One circle for each edge that leads back, as the list of its members. */
function circlesOf(edges) {
	const circles = [];
	const done = new Set();
	const trail = [];
	const visit = (node) => {
		const at = trail.indexOf(node);
		if (at >= 0) circles.push(trail.slice(at));
		if (at >= 0 || done.has(node)) return;
		trail.push(node);
		for (const next of edges.get(node) ?? []) visit(next);
		trail.pop();
		done.add(node);
	};
	for (const node of edges.keys()) visit(node);
	return circles;
}
