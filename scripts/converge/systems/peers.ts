/**
 * Packages of other servers and boards, fetched when somebody asks for them, into a folder of their
 * own: `.cache/peers/NAME@VERSION` in the project, with its own package.json. They are no part of
 * Weft, of its node_modules or of its tests; remove the folder at any time.
 *
 * Versions are exact, also those below a server that say how it keeps and sends things, so that a
 * finding of today is one of tomorrow. They are a server's own choice: what npm installs for who
 * does as its documentation says.
 */
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { projectFolder } from "./project.ts";

/** A server or a board of other people. */
export interface Peer {
	/** Its own version. */
	readonly version: string;
	/** All that is installed, each at exactly one version. */
	readonly packages: Readonly<Record<string, string>>;
}

/** The servers that can be fetched. */
export const peers = {
	reference: {
		version: "0.1.1",
		packages: {
			"@y/websocket-server": "0.1.1",
			lib0: "0.2.120",
			// The versions that it asks for: ^6.2.1 and ^0.1.0.
			ws: "6.2.7",
			"y-leveldb": "0.1.2",
			"y-protocols": "1.0.7",
			yjs: "13.6.33",
		},
	},
	hocuspocus: {
		version: "4.7.0",
		packages: {
			"@hocuspocus/common": "4.7.0",
			"@hocuspocus/extension-database": "4.7.0",
			"@hocuspocus/server": "4.7.0",
			"classic-level": "3.0.0",
			crossws: "0.4.17",
			lib0: "0.2.120",
			"y-protocols": "1.0.7",
			yjs: "13.6.33",
		},
	},
} as const satisfies Record<string, Peer>;

/** Boards of other people, for `npm run bench -- board`; nobody else asks for them. */
export const boardPeers = {
	excalidraw: {
		version: "0.18.1",
		packages: { "@excalidraw/excalidraw": "0.18.1", react: "19.3.1", "react-dom": "19.3.1" },
	},
	tldraw: {
		version: "5.4.2",
		packages: { react: "19.3.1", "react-dom": "19.3.1", tldraw: "5.4.2" },
	},
} as const satisfies Record<string, Peer>;

/** Its name on the command line. */
export type PeerName = keyof typeof peers;
/** Likewise, of a board. */
export type BoardPeerName = keyof typeof boardPeers;

const fetched: Readonly<Record<PeerName | BoardPeerName, Peer>> = { ...peers, ...boardPeers };
type FetchedName = keyof typeof fetched;

/** All of them, in the order of tables. */
export const peerNames = Object.keys(peers) as readonly PeerName[];

/** Likewise, of boards. */
export const boardPeerNames = Object.keys(boardPeers) as readonly BoardPeerName[];

/** True for the name of a board of other people. */
export function isBoardPeer(name: string): name is BoardPeerName {
	return Object.hasOwn(boardPeers, name);
}

/** One line about what is done, for a person who waits. */
export type Say = (line: string) => void;

/** Where packages are put, and who is told. */
export interface Fetching {
	/** The folder above `.cache`; the project's where nothing is given. */
	readonly root?: string;
	/** To stderr where nothing is given. */
	readonly say?: Say;
}

/** Where a peer's packages are, or would be. */
export function peerFolder(name: FetchedName, root: string = projectFolder()): string {
	return join(root, ".cache/peers", `${name}@${fetched[name].version}`);
}

/** True where a peer can be started without the network. */
export function isInstalled(name: FetchedName, root?: string): boolean {
	const path = join(peerFolder(name, root), "package.json");
	return existsSync(path) && readFileSync(path, "utf8") === manifestOf(name);
}

/**
 * Fetches those of `names` that are not there yet, one after another; gives the folder of each. A
 * folder is whole or absent, also where several do this at once or one is stopped halfway.
 *
 * @throws Error with a sentence where they cannot be fetched
 */
export async function installedOrInstall(
	names: readonly FetchedName[],
	{ root = projectFolder(), say = sayOnStderr }: Fetching = {},
): Promise<ReadonlyMap<FetchedName, string>> {
	const folders = new Map<FetchedName, string>();
	for (const name of names) {
		if (!isInstalled(name, root)) await install(name, root, say);
		folders.set(name, peerFolder(name, root));
	}
	return folders;
}

function sayOnStderr(line: string): void {
	process.stderr.write(`${line}\n`);
}

async function install(name: FetchedName, root: string, say: Say): Promise<void> {
	const { version } = fetched[name];
	say(`fetching ${name} ${version} into .cache/peers`);
	const startMs = performance.now();
	const folder = peerFolder(name, root);
	const draft = `${folder}.${randomBytes(6).toString("hex")}`;
	await mkdir(draft, { recursive: true });
	try {
		await writeFile(join(draft, "package.json"), manifestOf(name));
		const { code, output } = await runNpm(draft);
		if (code !== 0) throw new Error(failureOf(name, output));
		await takePlace(draft, folder, () => isInstalled(name, root));
	} finally {
		await rm(draft, { recursive: true, force: true });
	}
	say(`fetched ${name} ${version} in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

/** Moves a finished draft where it belongs, unless another process was faster. */
async function takePlace(draft: string, folder: string, isThere: () => boolean) {
	if (existsSync(folder) && !isThere()) {
		const old = `${draft}.old`;
		await rename(folder, old);
		await rm(old, { recursive: true, force: true });
	}
	try {
		await rename(draft, folder);
	} catch (error) {
		if (!isThere()) throw error;
	}
}

function manifestOf(name: FetchedName): string {
	const { version, packages } = fetched[name];
	const manifest = { name: `peer-${name}`, version, private: true, dependencies: packages };
	return `${JSON.stringify(manifest, null, "\t")}\n`;
}

/** Scripts of packages are not run: all that is fetched has a binary for the usual machines. */
const npmArguments = [
	"install",
	"--ignore-scripts",
	"--engine-strict=false",
	"--install-strategy=hoisted",
	"--no-audit",
	"--no-fund",
	"--no-package-lock",
	"--fetch-retries=1",
	"--fetch-retry-mintimeout=1000",
	"--loglevel=error",
];

function runNpm(folder: string): Promise<{ code: number; output: string }> {
	const npm = process.env["npm_execpath"] ?? "";
	const [command, ...args] = npm.endsWith(".js") ? [process.execPath, npm] : ["npm"];
	// Below `npm run`, npm's own settings of this project would be taken for those of the folder.
	const env = Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) => !/^npm_(config_local_prefix|package_|lifecycle)/.test(name),
		),
	);
	return new Promise((resolve, reject) => {
		const child = spawn(command ?? "npm", [...args, ...npmArguments, "--prefix", folder], {
			cwd: folder,
			env,
			stdio: ["ignore", "pipe", "pipe"],
			shell: process.platform === "win32",
		});
		let output = "";
		const keep = (text: string) => {
			output += text;
		};
		child.stdout.setEncoding("utf8").on("data", keep);
		child.stderr.setEncoding("utf8").on("data", keep);
		child.once("error", reject);
		child.once("close", (code) => resolve({ code: code ?? 1, output }));
	});
}

function failureOf(name: FetchedName, output: string): string {
	const lines = output.split("\n").filter((line) => line.includes("error") && line.trim() !== "");
	const isOffline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|network/.test(output);
	const why = isOffline ? "npm's registry could not be reached" : "npm could not install them";
	return (
		`The packages of ${name} are not here, and ${why}. They are fetched once, with a network; ` +
		`Weft itself needs none of them.\n${lines.slice(0, 6).join("\n")}`
	);
}
