/**
 * Which modules lie in one file of the build. What comes at once is one file: over a slow line each
 * file is a wait of its own. What comes later is in none of them: it would be waited for.
 */

/** How the bundler finds the imports of a module, without those that are fetched later. */
interface Graph {
	getModuleInfo(id: string): { readonly importedIds: readonly string[] } | null;
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
}

/** Pages of their own; everything else is fetched by one of them. */
const pages = /^assets\/(room|board-page|home|device|connection|admin|sign-in)-/;

/** True for files that are here, or on their way, when `wanted` is fetched: they are not named. */
export function isHere(file: string, wanted: string): boolean {
	if (/^assets\/(base|rolldown-runtime)-/.test(file)) return true;
	return /^assets\/room-/.test(file) && !pages.test(wanted);
}

/**
 * What all pages begin with, what every room does, what several surfaces share, and each surface.
 * Home needs nothing of a doc: what a room and its surfaces share is the room's, and what comes to
 * a room later is `faces` where home begins with it. Board and document share nothing that a room
 * does not have already: `ink` is what the board shares with the chat, `words` what the document
 * does, and chat and photos share `pictures`.
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
	return {
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
	if (isPart) return users.includes("chat") || users.includes("photos") ? "parts" : null;
	if (users.length < 2) return users[0] ?? null;
	return users.includes("document") ? "words" : "pictures";
}

/** All modules that come when these come. */
function alongWith(files: readonly string[], graph: Graph): Set<string> {
	const modules = new Set(files);
	for (const one of modules) {
		for (const next of graph.getModuleInfo(one)?.importedIds ?? []) modules.add(next);
	}
	return modules;
}
