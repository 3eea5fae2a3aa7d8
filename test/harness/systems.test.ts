/** Servers under test as processes; peers only where their packages are, or are asked for. */
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocketServer } from "ws";
import { Ledger } from "../../scripts/converge/person/ledger.ts";
import { Device, type Person, type PersonParts } from "../../scripts/converge/person/person.ts";
import { ProviderPerson } from "../../scripts/converge/person/provider.ts";
import { ReferencePerson } from "../../scripts/converge/person/reference.ts";
import { dialServer } from "../../scripts/converge/systems/dial.ts";
import { systemNamed } from "../../scripts/converge/systems/named.ts";
import {
	installedOrInstall,
	isInstalled,
	peerNames,
} from "../../scripts/converge/systems/peers.ts";
import type { ServerProcess, System } from "../../scripts/converge/systems/system.ts";
import { dropFolder, makeFolder } from "../fixtures/project.ts";
import { until } from "../fixtures/until.ts";
import { realClock } from "../server/blobs/real-clock.ts";

/** `WEFT_PEERS=install` fetches them; nothing else in a test reaches for the network. */
const isFetching = process.env["WEFT_PEERS"] === "install";
const fetchMsMax = 180_000;

let clientId = 1;
const people: Person[] = [];
const folders: string[] = [];
const servers: ServerProcess[] = [];

afterEach(async () => {
	vi.unstubAllEnvs();
	for (const person of people.splice(0)) person.leave();
	for (const server of servers.splice(0)) await server.kill();
	for (const folder of folders.splice(0)) dropFolder(folder);
});

function folder(): string {
	const path = makeFolder();
	folders.push(path);
	return path;
}

async function start(system: System, directory: string, port = 0): Promise<ServerProcess> {
	const server = await system.start(directory, port);
	if (system.abilities.process) servers.push(server);
	return server;
}

/** Ann, Ben or somebody else in the room "garden" of that server, from a device of their own. */
async function arrive(
	system: System,
	server: ServerProcess,
	user: string,
	Client: new (parts: PersonParts) => Person = ReferencePerson,
): Promise<Person> {
	const { headers } = await server.identify(user);
	const person = new Client({
		name: user,
		user,
		device: new Device(),
		clock: realClock,
		ledger: new Ledger(),
		dial: dialServer(server, { room: "garden", headers }),
		nextClientId: () => clientId++,
		hasAcks: system.abilities.acks,
	});
	people.push(person);
	person.goOnline();
	await until(`${user} is synced`, () => person.isSynced);
	return person;
}

const type = (person: Person, words: string) =>
	person.edit((doc) => doc.getText("text").insert(0, words));

/** True where a file below `directory` has that text in it: logs of LevelDB are not compressed. */
function holds(directory: string, text: string): boolean {
	const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	return files.some((file) => readFileSync(join(file.parentPath, file.name)).includes(text));
}

/** What every server must do before it is worth being tested. */
function serverContract(make: () => Promise<System>): void {
	let system: System;

	beforeAll(async () => {
		system = await make();
	}, fetchMsMax);

	test("two people, one at y-websocket, see what each other types", async () => {
		const server = await start(system, folder());
		const ann = await arrive(system, server, "Ann");
		const ben = await arrive(system, server, "Ben", ProviderPerson);
		type(ann, "rose ");
		await until("Ben sees it", () => ben.text() === "rose ");
		type(ben, "lily ");
		await until("Ann sees it", () => ann.text() === "lily rose ");
		await until("Ann is told that all is saved", () => ann.isSaved && ben.isSaved);
		expect(server.complaints).toEqual([]);
	});

	test("what is on its disk is there after a kill -9, on the same port", async () => {
		const directory = folder();
		const server = await start(system, directory);
		type(await arrive(system, server, "Ann"), "rose");
		await until("it is on disk", () => holds(directory, "rose"));
		await server.kill();
		expect(server.isRunning).toBe(false);
		expect((await server.ended).signal).toBe("SIGKILL");
		for (const person of people.splice(0)) person.leave();
		const again = await start(system, directory, server.port);
		expect(again.port).toBe(server.port);
		const ben = await arrive(system, again, "Ben");
		await until("Ben sees it", () => ben.text() === "rose");
	});

	test("a paused server is silent, and goes on", async () => {
		const server = await start(system, folder());
		const [ann, ben] = [await arrive(system, server, "Ann"), await arrive(system, server, "Ben")];
		server.pause();
		type(ann, "rose");
		const silent = until("Ben sees it", () => ben.text() === "rose", 200);
		await expect(silent).rejects.toThrow("waited 200 ms");
		server.resume();
		await until("Ben sees it", () => ben.text() === "rose");
	});

	test("a paused server can be stopped and killed", async () => {
		const server = await start(system, folder());
		server.pause();
		const { ms } = await server.stop();
		expect(ms).toBeLessThan(5_000);
		const other = await start(system, folder());
		other.pause();
		await other.kill();
		await other.kill();
		expect(other.isRunning).toBe(false);
	});

	test("a second server on its directory does not start, and the first goes on", async () => {
		const directory = folder();
		const server = await start(system, directory);
		await expect(system.start(directory, 0)).rejects.toThrow(/ended with 1 /);
		expect(server.isRunning).toBe(true);
		await arrive(system, server, "Ann");
	});

	test("a server on a taken port says why it did not start", async () => {
		const server = await start(system, folder());
		await expect(system.start(folder(), server.port)).rejects.toThrow(
			/ended with.*\n.*|taken|EADDR/s,
		);
	});
}

describe("weft", () => {
	serverContract(() => systemNamed("weft"));

	test("people are known by their cookies, over a restart too", async () => {
		const system = await systemNamed("weft");
		const directory = folder();
		const server = await start(system, directory);
		const [ann, ben] = [await server.identify("Ann"), await server.identify("Ben")];
		expect(ann.id).toMatch(/^g_/);
		expect(ben.id).not.toBe(ann.id);
		await server.kill();
		const again = await start(system, directory, server.port);
		const response = await fetch(`${again.origin}/api/me`, { headers: { ...ann.headers } });
		expect(await response.json()).toMatchObject({ id: ann.id, name: "Ann" });
	});

	test("it stops with exit code 0", async () => {
		const system = await systemNamed("weft");
		const server = await start(system, folder());
		expect((await server.stop()).code).toBe(0);
	});
});

describe("a server by its address", () => {
	let server: ServerProcess;
	let directory: string;

	beforeAll(async () => {
		directory = makeFolder();
		server = await (await systemNamed("weft")).start(directory, 0);
	});

	afterAll(async () => {
		await server.kill();
		dropFolder(directory);
	});

	test("is known as Weft by its answer, and its rooms are nobody else's", async () => {
		const system = await systemNamed(`url=${server.base()}`);
		expect(system.dialect).toBe("weft");
		expect(system.abilities).toMatchObject({ acks: true, process: false, persistence: false });
		const far = await start(system, "");
		expect(far.nameOf("garden")).toMatch(/^weft-converge-[\w-]{22}-garden$/);
		const [ann, ben] = [await arrive(system, far, "Ann"), await arrive(system, far, "Ben")];
		type(ann, "rose");
		await until("Ben sees it", () => ben.text() === "rose" && ann.isSaved);
		const eve = await arrive(await systemNamed("weft"), server, "Eve");
		expect(eve.text()).toBe("");
		await expect(far.kill()).rejects.toThrow("not ours");
		expect(() => far.pause()).toThrow("not ours");
	});

	test("each run has rooms of its own there: nobody can empty those of the last", async () => {
		const system = await systemNamed(`url=${server.base()}`);
		const [first, second] = [await start(system, ""), await start(system, "")];
		expect(second.nameOf("garden")).not.toBe(first.nameOf("garden"));
	});

	test("its address may have a query, and a proxy may stand before it", async () => {
		const far = await start(await systemNamed(`url=${server.base()}/?key=a%20b`), "");
		const name = encodeURIComponent(far.nameOf("a b"));
		expect(far.url("a b", 7)).toBe(`ws://127.0.0.1:7/sync/${name}?key=a%20b`);
		expect(far.base()).toBe(server.base());
		expect(far.params).toEqual({ key: "a b" });
	});

	test("is a plain one where it does not know hello, or closes at it", async () => {
		for (const isClosing of [false, true]) {
			const plain = new WebSocketServer({ port: 0, host: "127.0.0.1" });
			await once(plain, "listening");
			plain.on("connection", (socket) => socket.on("message", () => isClosing && socket.close()));
			const { port } = plain.address() as { port: number };
			const { dialect, abilities } = await systemNamed(`url=ws://127.0.0.1:${port}`);
			expect(dialect).toBe("y-websocket");
			expect(abilities).toMatchObject({ acks: false, rights: false, proxy: true });
			plain.close();
		}
	});

	test("is refused in words where it is no address, or nobody answers", async () => {
		await expect(systemNamed("url=http://example.org")).rejects.toThrow("no address of WebSockets");
		await expect(systemNamed("url=")).rejects.toThrow("no address of WebSockets");
		await expect(systemNamed("rot13")).rejects.toThrow('There is no server "rot13"');
		const closed = createServer().listen(0, "127.0.0.1");
		await once(closed, "listening");
		const { port } = closed.address() as { port: number };
		closed.close();
		await once(closed, "close");
		await expect(systemNamed(`url=ws://127.0.0.1:${port}`)).rejects.toThrow("Nobody answers");
	});
});

test("peers that cannot be fetched are named in a sentence, and leave nothing behind", async () => {
	const root = folder();
	const said: string[] = [];
	// Nobody listens on port 1.
	vi.stubEnv("npm_config_registry", "http://127.0.0.1:1/");
	vi.stubEnv("npm_config_cache", join(root, "npm"));
	const fetching = installedOrInstall(["reference"], { root, say: (line) => said.push(line) });
	await expect(fetching).rejects.toThrow("packages of reference are not here");
	expect(said).toEqual(["fetching reference 0.1.1 into .cache/peers"]);
	expect(readdirSync(join(root, ".cache/peers"))).toEqual([]);
	expect(isInstalled("reference", root)).toBe(false);
});

for (const name of peerNames) {
	describe.skipIf(!isFetching && !isInstalled(name))(`${name}, where its packages are`, () => {
		serverContract(() => systemNamed(name));
	});
}
