/** Yjs as the app bundles it beside Yjs as it comes: what happens to both, both say alike. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as plain from "yjs";
import { below, type Random, seeded } from "../../../../scripts/converge/random.ts";
import { withOneEncoding, withoutXml } from "../../../../web/sync/lean/yjs.ts";
import { projectRoot } from "../../../fixtures/project.ts";

type Yjs = typeof plain;

let folder: string;
let lean: Yjs;

beforeAll(async () => {
	vi.spyOn(console, "error").mockReturnValue(); // Two copies of Yjs in one process are a mistake.
	folder = await mkdtemp(join(tmpdir(), "weft-lean-yjs-"));
	const packages = join(projectRoot, "node_modules");
	const stock = await readFile(join(packages, "yjs/dist/yjs.mjs"), "utf8");
	const code = withoutXml(withOneEncoding(stock));
	const file = join(folder, "yjs.mjs");
	const absolute = (_: string, name: string) =>
		`from '${pathToFileURL(join(packages, `${name}.js`))}'`;
	await writeFile(file, code.replace(/from '(lib0\/[^']+)'/g, absolute));
	lean = await import(pathToFileURL(file).href);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** What two people write, each change one update; all that a room's doc may hold. */
function write({ Doc }: Yjs, random: Random): Uint8Array[] {
	const updates: Uint8Array[] = [];
	for (const clientID of [11, 22]) {
		const doc = new Doc();
		doc.clientID = clientID;
		doc.on("update", (update: Uint8Array) => updates.push(update));
		const text = doc.getText("text");
		for (let count = 0; count < 40; count++) {
			const at = below(random, text.length + 1);
			const length = Math.min(2, text.length - at);
			if (below(random, 3) === 0) text.delete(at, length);
			else if (below(random, 4) === 0) text.format(at, length, { bold: true });
			else text.insert(at, `w${count} \u{1f389}`);
			doc.getMap("map").set(`key${below(random, 5)}`, { count, deep: [null, true, -0.5] });
			doc.getArray("list").insert(0, [new Uint8Array([count]), "said"]);
		}
	}
	return updates;
}

/** The docs of both after the same updates in an order of chance, each with what waits inside. */
function takeIn(yjs: Yjs, updates: readonly Uint8Array[], random: Random) {
	const doc = new yjs.Doc();
	const left = [...updates];
	const seen: string[] = [];
	while (left.length > 0) {
		const [update = new Uint8Array()] = left.splice(below(random, left.length), 1);
		yjs.applyUpdate(doc, update);
		seen.push(hex(yjs.encodeStateAsUpdate(doc)), hex(yjs.encodeStateVector(doc)));
	}
	return { seen, text: doc.getText("text").toDelta(), map: doc.getMap("map").toJSON() };
}

function hex(bytes: Uint8Array): string {
	return Buffer.from(bytes).toString("hex");
}

test.each([1, 2, 3])("updates that come in any order make the same bytes (seed %i)", (seed) => {
	const updates = write(plain, seeded(seed));
	expect(write(lean, seeded(seed)).map(hex)).toEqual(updates.map(hex));
	const [expected, ours] = [plain, lean].map((yjs) => takeIn(yjs, updates, seeded(seed)));
	expect(ours).toEqual(expected);
	expect(hex(lean.mergeUpdates(updates))).toBe(hex(plain.mergeUpdates(updates)));
});

test("it is without the second encoding", () => {
	expect(lean.UpdateEncoderV2).toBe(lean.UpdateEncoderV1);
	expect(plain.UpdateEncoderV2).not.toBe(plain.UpdateEncoderV1);
});

test("another Yjs is not taken for this one", () => {
	expect(() => withOneEncoding("class UpdateEncoderV2 {\n}\n")).toThrow("1 classes");
});

/** What another program may have in a room of its own: nodes in nodes, changed and taken away. */
function writeXml(): Uint8Array[] {
	const updates: Uint8Array[] = [];
	const doc = new plain.Doc();
	doc.clientID = 33;
	doc.on("update", (update: Uint8Array) => updates.push(update));
	const root = doc.getXmlFragment("xml");
	const paragraph = new plain.XmlElement("p");
	const words = new plain.XmlText("words");
	root.insert(0, [paragraph]);
	doc.getArray<unknown>("list").push([new plain.XmlHook("hook")]);
	paragraph.insert(0, [words, new plain.XmlElement("br")]);
	paragraph.setAttribute("class", "lead");
	words.format(0, 3, { bold: true });
	words.insert(5, " more", { italic: true });
	const nested = new plain.XmlFragment();
	doc.getArray("list").push([nested]);
	nested.insert(0, [new plain.XmlText("deep")]);
	words.delete(1, 2);
	paragraph.removeAttribute("class");
	paragraph.delete(1, 1);
	return updates;
}

test.each([4, 5, 6])("XML that somebody else wrote is handed on as it came (seed %i)", (seed) => {
	const updates = writeXml();
	const [expected, ours] = [plain, lean].map((yjs) => takeIn(yjs, updates, seeded(seed)));
	expect(ours).toEqual(expected);
});

test("what changes inside of XML is told to who follows what is around it", () => {
	const [first, ...more] = writeXml();
	const doc = new lean.Doc();
	for (const update of [first, ...more]) if (update) lean.applyUpdate(doc, update);
	const told: number[] = [];
	doc.getArray("list").observeDeep((events) => told.push(events.length));
	const other = new plain.Doc();
	plain.applyUpdate(other, lean.encodeStateAsUpdate(doc));
	const nested = other.getArray("list").get(1) as plain.XmlFragment;
	nested.insert(0, [new plain.XmlElement("hr")]);
	lean.applyUpdate(doc, plain.encodeStateAsUpdate(other));
	expect(told).toEqual([1]);
});

test("it has no XML that it was not written for", () => {
	expect(() => withoutXml("class YXmlText extends YText {\n}\n")).toThrow("Yjs has no");
});
