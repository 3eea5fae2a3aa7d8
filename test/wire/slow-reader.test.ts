import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";
import { encodeStep1, messageType } from "../../shared/protocol.ts";
import { openRaw } from "../fixtures/raw-client.ts";
import { joinStock } from "../fixtures/stock-client.ts";
import { until } from "../fixtures/until.ts";
import { startWeftProcess, type WeftProcess } from "../fixtures/weft-process.ts";

const mebibyte = 1024 * 1024;
/** Each is taken back when the next one stands: in the end little is there. */
const paste = "x".repeat(mebibyte / 4);
const pasteCount = 160;

let weft: WeftProcess;

beforeAll(async () => {
	weft = await startWeftProcess();
});

afterAll(() => weft.drop());

/** A client on ws alone: it can stop reading its socket, and its bytes are counted. */
async function joinRaw(room: string) {
	const raw = await openRaw(`${weft.syncUrl}/${room}`);
	const doc = new Y.Doc();
	const client = { doc, raw, byteCount: 0, isSynced: false };
	raw.socket.on("message", (data: Buffer) => {
		client.byteCount += data.length;
		const decoder = decoding.createDecoder(data);
		if (decoding.readVarUint(decoder) !== messageType.sync) return;
		const kind = sync.readSyncMessage(decoder, encoding.createEncoder(), doc, "server");
		if (kind === sync.messageYjsSyncStep2) client.isSynced = true;
	});
	raw.socket.send(encodeStep1(Y.encodeStateVector(doc)));
	await until("synced", () => client.isSynced);
	return client;
}

async function figure(name: string): Promise<number> {
	const text = await (await fetch(`${weft.url}/metrics`)).text();
	return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}

test("who reads nothing of 40 MB reads a little instead, and stays connected", async () => {
	const slow = await joinRaw("slow");
	const [ann, ben] = [joinStock(weft.syncUrl, "slow"), joinStock(weft.syncUrl, "slow")];
	await until("both are synced", () => ann.provider.synced && ben.provider.synced);
	slow.raw.socket.pause();
	for (let round = 0; round < pasteCount; round++) {
		ann.text.delete(0, ann.text.length);
		ann.text.insert(0, `${round} ${paste}`);
		// One by one: what comes at once is one frame, without what was taken back.
		await until("it is shown", () => ben.text.toString() === ann.text.toString());
	}
	ann.type("the end");
	const wanted = ann.text.toString();
	await until("who reads has it all", () => ben.text.toString() === wanted);
	expect(await figure("weft_updates_left_out_total")).toBeGreaterThan(pasteCount / 4);
	expect(await figure("weft_outbox_bytes")).toBeGreaterThan(mebibyte);
	// FAULTS.md, R8: 4 MiB; the update that crosses the bound is still sent, and notices are.
	expect(await figure("weft_outbox_bytes")).toBeLessThan(4.5 * mebibyte);
	slow.raw.socket.resume();
	await until("the slow reader has it all", () => slow.doc.getText("text").toString() === wanted);
	expect(slow.byteCount).toBeLessThan((pasteCount * paste.length) / 2);
	expect(slow.raw.closing()).toBeNull();
	expect(await figure("weft_resyncs_total")).toBeGreaterThan(0);
	expect(await figure("weft_outbox_bytes")).toBe(0);
	ann.type(" and more");
	await until("it reads along", () => slow.doc.getText("text").toString().endsWith(" and more"));
	expect(Y.encodeStateAsUpdate(slow.doc)).toEqual(Y.encodeStateAsUpdate(ann.doc));
	for (const client of [ann, ben]) client.leave();
	slow.raw.socket.close();
});
