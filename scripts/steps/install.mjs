/** Packages: whether node_modules is what package-lock.json asks for, and how it becomes so. */
import { existsSync, lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { capture, root, run, StepError, timed } from "./process.mjs";
import { stampOf } from "./stamp.mjs";

const installedPath = "node_modules/.package-lock.json";

/**
 * What is a binary for each platform, and the command that brings a missing one. npm's own
 * `rebuild` would not do: package.json forbids install scripts.
 */
const binaries = [
	{ name: "leveldown", fix: "npx --yes node-gyp rebuild -C node_modules/leveldown" },
	{ name: "sharp", fix: "npm ci --include=optional" },
];

/**
 * Stops with a sentence where this Node is older than package.json asks for.
 *
 * @throws StepError
 */
export function checkNode() {
	const wanted = readJson("package.json").engines.node.replace(">=", "");
	const version = process.versions.node;
	if (isAtLeast(version, wanted)) return;
	throw new StepError(
		`Weft needs Node ${wanted} or newer; this is Node ${version}. See https://nodejs.org`,
	);
}

function isAtLeast(version, wanted) {
	const [major, minor = 0] = version.split(".").map(Number);
	const [wantedMajor, wantedMinor = 0] = wanted.split(".").map(Number);
	return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/**
 * Installs what package-lock.json asks for, where node_modules holds anything else.
 *
 * @throws StepError
 */
export async function ensureInstalled() {
	if (!isInstalled()) await timed("installed the packages", install);
	await ensureBinaries();
}

function isInstalled() {
	if (!existsSync(join(root, installedPath))) return false;
	const installed = readJson(installedPath).packages;
	const wanted = readJson("package-lock.json").packages;
	return Object.entries(wanted).every(([path, entry]) => {
		if (path === "") return true;
		const found = installed[path];
		if (found === undefined) return Boolean(entry.optional ?? entry.devOptional);
		return found.version === entry.version && found.integrity === entry.integrity;
	});
}

async function install() {
	// npm would empty the folder behind the link, and whoever owns it would stand without packages.
	if (isLink("node_modules")) {
		throw new StepError(
			"node_modules is a link, and not up to date: run npm ci where it leads to.",
		);
	}
	const npm = process.env.npm_execpath ?? "";
	const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"];
	if (npm.endsWith(".js")) await run(process.execPath, [npm, ...args]);
	else await run("npm", args, { shell: process.platform === "win32" });
}

/** Loads each binary once after an installation, in a process of its own: crashes are told too. */
async function ensureBinaries() {
	const machine = [process.platform, process.arch, process.versions.modules].join(" ");
	const stamp = stampOf("binaries", `${machine} ${statSync(join(root, installedPath)).mtimeMs}`);
	if (stamp.isFresh()) return;
	for (const { name, fix } of binaries) {
		const code = `await import(${JSON.stringify(name)})`;
		const loaded = await capture(process.execPath, ["--input-type=module", "-e", code]);
		if (loaded.code === 0) continue;
		throw new StepError(
			`${loaded.output.trim()}\n\n${name} has no binary for this machine (${machine}). ` +
				`This command makes it:\n\n    ${fix}\n`,
		);
	}
	stamp.write();
}

function isLink(path) {
	return lstatSync(join(root, path), { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

function readJson(path) {
	return JSON.parse(readFileSync(join(root, path), "utf8"));
}
