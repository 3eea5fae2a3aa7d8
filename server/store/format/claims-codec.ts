/** Whose client ids are, as bytes and back, as FORMAT.md section 2 draws them. */
import type { UserId } from "../../../shared/ids.ts";
import type { Batch } from "../room-log.ts";
import { readU64, writeU64 } from "./keys.ts";
import { damaged } from "./sealed.ts";

/** An update's index, then the client id that it claimed. */
const claimBytes = 12;
const clientIdBytes = 8;

/** How many bytes the claims of a batch take. */
export function claimsBytes({ updates }: Batch): number {
	let bytes = 0;
	for (const { claims } of updates) bytes += claimBytes * (claims?.length ?? 0);
	return bytes;
}

/** Writes the claims of a batch, in the order of its updates. */
export function writeClaims(into: Buffer, start: number, { updates }: Batch): void {
	let at = start;
	for (const [updateIndex, { claims }] of updates.entries()) {
		for (const clientId of claims ?? []) {
			into.writeUInt32BE(updateIndex, at);
			writeU64(into, clientId, at + 4);
			at += claimBytes;
		}
	}
}

/**
 * The batch with the claims that `bytes` holds.
 *
 * @throws WeftError `room_damaged`
 */
export function readClaims(key: Buffer, bytes: Buffer, batch: Batch): Batch {
	if (bytes.length % claimBytes !== 0) throw damaged(key, "claims are cut short");
	const claims = new Map<number, number[]>();
	for (let at = 0; at < bytes.length; at += claimBytes) {
		const updateIndex = bytes.readUInt32BE(at);
		if (updateIndex >= batch.updates.length) throw damaged(key, "a claim of no update");
		const held = claims.get(updateIndex) ?? [];
		held.push(readU64(bytes, at + 4));
		claims.set(updateIndex, held);
	}
	const updates = batch.updates.map((update, updateIndex) => {
		const mine = claims.get(updateIndex);
		return mine === undefined ? update : { ...update, claims: mine };
	});
	return { ...batch, updates };
}

/** Owners as bytes: each user once, with all their client ids. */
export function encodeOwners(owners: ReadonlyMap<number, UserId>): Buffer {
	const idsOf = new Map<UserId, number[]>();
	for (const [clientId, userId] of owners) {
		const held = idsOf.get(userId) ?? [];
		held.push(clientId);
		idsOf.set(userId, held);
	}
	let size = 0;
	for (const [userId, ids] of idsOf) size += 1 + userId.length + 4 + clientIdBytes * ids.length;
	const bytes = Buffer.allocUnsafe(size);
	let at = 0;
	for (const [userId, ids] of idsOf) {
		at = bytes.writeUInt8(userId.length, at);
		at += bytes.write(userId, at, "latin1");
		at = bytes.writeUInt32BE(ids.length, at);
		for (const clientId of ids) {
			writeU64(bytes, clientId, at);
			at += clientIdBytes;
		}
	}
	return bytes;
}

/**
 * Reads what `encodeOwners` made.
 *
 * @throws WeftError `room_damaged`
 */
export function decodeOwners(key: Buffer, bytes: Buffer): Map<number, UserId> {
	const owners = new Map<number, UserId>();
	for (let at = 0; at < bytes.length; ) {
		const idsAt = at + 1 + (bytes[at] ?? 0) + 4;
		if (idsAt > bytes.length) throw damaged(key, "owners are cut short");
		const userId = bytes.toString("latin1", at + 1, idsAt - 4) as UserId;
		const end = idsAt + clientIdBytes * bytes.readUInt32BE(idsAt - 4);
		if (end > bytes.length) throw damaged(key, "owners are cut short");
		for (at = idsAt; at < end; at += clientIdBytes) owners.set(readU64(bytes, at), userId);
	}
	return owners;
}
