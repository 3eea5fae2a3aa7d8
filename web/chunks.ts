/**
 * Which modules lie in one file of the build. What comes at once is one file: over a slow line each
 * file is a wait of its own. What comes later is in none of them: it would be waited for.
 */

/** How the bundler finds the imports of a module: at once, and later. */
interface Graph {
	getModuleInfo(id: string): {
		readonly importedIds: readonly string[];
		readonly dynamicallyImportedIds: readonly string[];
	} | null;
}

/** What the bundler is told of one kind of file (rolldown, `output.codeSplitting.groups`). */
interface Group {
	readonly debugName: string;
	readonly name: (id: string, graph: Graph) => string | null;
	readonly priority: number;
	readonly includeDependenciesRecursively: false;
}

const pathOf = (file: string) => new URL(file, import.meta.url).pathname;

/** Every page begins with it. */
const main = pathOf("main.ts");
const room = pathOf("pages/room.ts");
const home = pathOf("pages/home.ts");

/** Each is fetched alone on a phone, and brings along what only it needs. */
const surfaces: Readonly<Record<string, string>> = {
	document: pathOf("text/editor.ts"),
	board: pathOf("board/board.ts"),
	chat: pathOf("chat/chat.ts"),
	photos: pathOf("photos/photos.ts"),
};

/** Dialogs, faces and the like, which more than surfaces need. */
const smallParts = new RegExp(
	[
		"/web/(presence|sync|ui)/" +
			"(?!name-offer|icons/(?!more)|messages/(chat|photos|text)\\.|board-words/board\\.)",
		"/shared/person",
		"/lit-html/directive",
	].join("|"),
);

/** What comes along with what; null before the bundler knows it. */
interface Closures {
	readonly main: Set<string>;
	readonly room: Set<string>;
	readonly home: Set<string>;
	readonly surfaces: readonly (readonly [string, Set<string>])[];
	/** What several of the board's tools need. */
	readonly bench: Set<string>;
}

/** Surfaces are waited for: what they need is fetched beside them, not after them. */
const waitedFor = /^assets\/(document|board|chat|photos)-/;
/** They are here, or on their way, when a surface is fetched. */
const hereBefore = /^assets\/(base|room|rolldown-runtime)-/;

/** Which of `files` are named where `wanted` is fetched: each name weighs in every first load. */
export function filesBeside(wanted: string, files: readonly string[]): string[] {
	if (!waitedFor.test(wanted)) return [];
	return files.filter((file) => file !== wanted && !hereBefore.test(file));
}

/**
 * What all pages begin with, what every room does, what several surfaces share, and each surface.
 * Home needs nothing of a doc: what a room and its surfaces share is the room's, and what comes to
 * a room later is `faces` where home begins with it. Board and document share nothing that a room
 * does not have already: `ink` is what the board shares with the chat, `words` what the document
 * does, and chat and photos share `pictures`; `mates` is what the document knows of who is here,
 * which others fetch later. What the board's tools share is one file, `bench`:
 * each of them then is two at most.
 */
export function groups(): Group[] {
	let known: Closures | null = null;
	const nameOf = (id: string, graph: Graph): string | null => {
		known ??= closuresIn(graph);
		return chunkOf(id, known);
	};
	const names = [
		"base",
		"room",
		"faces",
		"ink",
		"words",
		"parts",
		"pictures",
		"mates",
		"bench",
		...Object.keys(surfaces),
	];
	return names.map((debugName, index) => ({
		debugName,
		name: (id, graph) => (nameOf(id, graph) === debugName ? debugName : null),
		priority: names.length - index,
		// All of them are named here; what the bundler adds by itself would be in the wrong file.
		includeDependenciesRecursively: false,
	}));
}

function closuresIn(graph: Graph): Closures {
	const tools = toolsOf(surfaces["board"] ?? "", graph);
	const counts = new Map<string, number>();
	for (const one of tools.flatMap((tool) => [...alongWith([tool], graph)])) {
		counts.set(one, (counts.get(one) ?? 0) + 1);
	}
	return {
		bench: new Set([...counts].filter(([, count]) => count > 1).map(([id]) => id)),
		main: alongWith([main], graph),
		room: alongWith([room], graph),
		home: alongWith([home], graph),
		surfaces: Object.entries(surfaces).map(([name, file]) => [name, alongWith([file], graph)]),
	};
}

function chunkOf(id: string, closures: Closures): string | null {
	const users = closures.surfaces.filter(([, modules]) => modules.has(id)).map(([name]) => name);
	const isHomes = closures.home.has(id);
	if (closures.main.has(id) || (closures.room.has(id) && isHomes)) return "base";
	if (closures.room.has(id)) return "room";
	if (users.length === 0 && !isHomes && closures.bench.has(id)) return "bench";
	const place = { users, isHomes, isPart: smallParts.test(id) };
	return users.includes("board") ? chunkOfBoards(place) : chunkOfOthers(place);
}

/** Who has a module that no room begins with. */
interface Place {
	/** Surfaces. */
	readonly users: readonly string[];
	/** The home page has it too. */
	readonly isHomes: boolean;
	readonly isPart: boolean;
}

function chunkOfBoards({ users, isHomes, isPart }: Place): string {
	const isAlone = users.length === 1;
	const isRooms = users.includes("document") || (isPart && isAlone);
	if (isRooms) return isHomes ? "base" : "room";
	if (isHomes) return "faces";
	return isAlone ? "board" : "ink";
}

/** Who draws loads no dialogs; what only a page of its own needs is the bundler's to place. */
function chunkOfOthers({ users, isHomes, isPart }: Place): string | null {
	if (isHomes && users.length > 0) return "faces";
	if (isPart && (users.includes("chat") || users.includes("photos"))) return "parts";
	if (isPart) return users.includes("document") ? "mates" : null;
	if (users.length < 2) return users[0] ?? null;
	return users.includes("document") ? "words" : "pictures";
}

/** What the board fetches when it is used, and what that fetches in turn; all below `/board/`. */
function toolsOf(board: string, graph: Graph): string[] {
	const tools = new Set<string>();
	const seen = alongWith([board], graph);
	for (const one of seen) {
		for (const next of graph.getModuleInfo(one)?.dynamicallyImportedIds ?? []) {
			if (!next.includes("/web/board/") || tools.has(next)) continue;
			tools.add(next);
			for (const also of alongWith([next], graph)) seen.add(also);
		}
	}
	return [...tools];
}

/** All modules that come when these come. */
function alongWith(files: readonly string[], graph: Graph): Set<string> {
	const modules = new Set(files);
	for (const one of modules) {
		for (const next of graph.getModuleInfo(one)?.importedIds ?? []) modules.add(next);
	}
	return modules;
}
