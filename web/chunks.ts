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
		"/web/(presence|sync|ui)/(?!name-offer|icons/|messages/(board|chat|photos|text)\\.)",
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

/** True for the files of the bundler that every page begins with. */
export function isHere(file: string): boolean {
	return /^assets\/(base|rolldown-runtime)-/.test(file);
}

/**
 * What all pages begin with, the rest of a room, what several surfaces share, and each surface.
 * Board and document share nothing that a room does not have already: `ink` is what the board
 * shares with the chat, `words` what the document does, and chat and photos share `pictures`.
 */
export function groups(): Group[] {
	let known: Closures | null = null;
	const nameOf = (id: string, graph: Graph): string | null => {
		known ??= closuresIn(graph);
		return chunkOf(id, known);
	};
	const names = ["base", "room", "ink", "words", "parts", "pictures", ...Object.keys(surfaces)];
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
	const isRooms = closures.room.has(id);
	const isWidely = users.length > 0 || closures.home.has(id);
	if (closures.main.has(id) || (isRooms && isWidely)) return "base";
	if (isRooms) return "room";
	if (users.length > 1 && users.includes("board"))
		return users.includes("document") ? "base" : "ink";
	if (smallParts.test(id)) return homeOfPart(users);
	if (users.length < 2) return users[0] ?? null;
	return users.includes("document") ? "words" : "pictures";
}

/** Who draws loads no dialogs; what only a page of its own needs is the bundler's to place. */
function homeOfPart(users: readonly string[]): string | null {
	if (users.includes("board")) return "base";
	return users.includes("chat") || users.includes("photos") ? "parts" : null;
}

/** All modules that come when these come. */
function alongWith(files: readonly string[], graph: Graph): Set<string> {
	const modules = new Set(files);
	for (const one of modules) {
		for (const next of graph.getModuleInfo(one)?.importedIds ?? []) modules.add(next);
	}
	return modules;
}
