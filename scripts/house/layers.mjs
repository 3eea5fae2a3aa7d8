/**
 * The floors of the house as data. What stands higher may import what stands lower; folders of one
 * floor may import each other in one direction only. `ARCHITECTURE.md` says why.
 */

/** Top folders and those of the others that each may import. */
export const tops = {
	shared: [],
	server: ["shared"],
	web: ["shared"],
	scripts: ["shared", "server"],
	test: ["shared", "server", "web", "scripts"],
};

/** Floors inside a top folder, highest first. A name is a folder or a file without its ending. */
export const floors = {
	shared: [["surfaces"], ["*"]],
	server: [
		["main"],
		["weft", "warm-up"],
		["http", "gateway"],
		["rooms", "auth"],
		["store", "blobs", "fold"],
		["*"],
	],
	web: [
		["main", "vite.config"],
		["pages", "embed"],
		["text", "board", "chat", "photos", "presence"],
		["sync", "api"],
		["ui", "*"],
	],
	scripts: [["*"]],
};

/** Packages that only these parts of the product import; one that is not listed may be anywhere. */
export const packageHomes = {
	leveldown: ["server/store"],
	ws: ["server/gateway", "server/weft.ts"],
	sharp: ["server/blobs"],
	hono: ["server/http"],
	"@hono/node-server": ["server/http", "server/weft.ts"],
	"prom-client": ["server"],
	quill: ["web/text"],
	"quill-cursors": ["web/text"],
	"y-quill": ["web/text"],
	"y-websocket": ["web/sync"],
	idb: ["web/sync", "web/photos"],
};

/** The only packages of the floor that runs anywhere. */
export const sharedPackages = ["yjs", "y-protocols", "lib0"];

/** Rooms are handed a log, a clock and a scheduler; these would let them reach around. */
export const roomsNever = [
	/^node:(fs|net|http|https|dgram|child_process|worker_threads|timers|zlib)/,
	/^(ws|hono|leveldown|sharp)$/,
	/^server\/store\/compress\.ts$/,
];

/** What may stand at the top: what a stranger sees first must be little. */
export const topLevel = [
	...Object.keys(tops),
	"package.json",
	"package-lock.json",
	"tsconfig.json",
	"biome.json",
	"vitest.config.ts",
	"README.md",
	"ARCHITECTURE.md",
	"DECISIONS.md",
	"CHANGELOG.md",
	"SECURITY.md",
	"docs",
	"LICENSE",
	"NOTICE",
	".gitignore",
	".npmrc",
	".ci",
];
