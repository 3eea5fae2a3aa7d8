/**
 * The photos of one room on their way to the server.
 *
 * A chosen file is a placeholder in the room at once, is kept on this device, and is sent as soon
 * as the server takes it, now or at the next visit. Sending twice is harmless, so nothing here
 * needs to know what the server already has.
 */
import type { Cancel, Clock } from "../../../shared/clock.ts";
import { type FailureCode, toWeftError, WeftError } from "../../../shared/errors.ts";
import type { PhotoId } from "../../../shared/ids.ts";
import {
	addPhoto,
	describePhoto,
	dropPlaceholder,
	finishPhoto,
	type ReceivedPhoto,
	readPhoto,
} from "../../../shared/surfaces/photos.ts";
import { photosOf } from "../../../shared/surfaces/root.ts";
import { roomSegment } from "../../sync/base.ts";
import { Emitter } from "../../sync/emitter.ts";
import { isOurs } from "../../sync/me.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { refusalOfFile, refusalOfPrepared } from "./read-file.ts";
import { mayTryAgain, type PhotoSending } from "./send-photo.ts";
import type { OutgoingPhoto, Refusal, UploadState } from "./upload-state.ts";
import { forget, type KeptUpload, keep, type UploadStore } from "./upload-store.ts";

/** What the queue tells. */
export interface UploadEvents {
	/** The upload of that photo moved on, or ended. */
	change: PhotoId;
	refused: Refusal;
}

/** What an `UploadQueue` is made of. */
export interface UploadQueueOptions {
	readonly client: UploadClient;
	readonly clock: Clock;
	readonly store: UploadStore;
	readonly send: (sending: PhotoSending) => Promise<ReceivedPhoto>;
	/** The file as it is to be sent; null where this browser cannot make a photo of it. */
	readonly prepare: (file: Blob, fileName: string, isWhole: boolean) => Promise<Blob | null>;
	/** True while this person wants photos to be kept as they were chosen too. */
	readonly sendsWhole: () => boolean;
	/** Pixels, upright, of the picture at an object URL; zeros where it cannot be read. */
	readonly sizeOf: (url: string) => Promise<{ width: number; height: number }>;
	readonly mintId: () => PhotoId;
}

/** The part of a RoomClient that uploads need. */
export type UploadClient = Pick<RoomClient, "room" | "doc" | "me" | "status" | "ready" | "may"> & {
	readonly rights: Pick<RoomClient["rights"], "onChange">;
	readonly url: RoomClient["url"];
	readonly on: (event: "status", listen: () => void) => Cancel;
};

interface Upload {
	kept: KeptUpload;
	/** Settles when `kept` is what is sent; false where nothing will be. */
	prepared: Promise<boolean>;
	/** Null once nothing more is to be said. */
	state: UploadState | null;
	/** Shown until the server's picture is there. */
	localUrl: string;
	/** Settles when the device keeps the bytes, or cannot. */
	keeping: Promise<boolean>;
	isKept: boolean;
	readonly abort: AbortController;
}

/** Photos that are sent at the same time. */
const sendingMax = 3;
/** First and longest wait before a failed upload is tried again. */
const backoffMsMin = 1_000;
const backoffMsMax = 30_000;
/** How long "shared" is said, and how long an own picture's URL outlives its upload. */
const sharedMs = 4_000;
const localUrlMs = 60_000;

/** See the head of this file. One a room and page; closes itself with the room's doc. */
export class UploadQueue {
	readonly #options: UploadQueueOptions;
	readonly #events = new Emitter<UploadEvents>();
	readonly #uploads = new Map<PhotoId, Upload>();
	readonly #cancels: Cancel[] = [];
	/** Photos are prepared one after another: each may take a quarter of a gigabyte. */
	#preparing: Promise<unknown> = Promise.resolve();
	#backoffMs = backoffMsMin;
	#cancelRetry: Cancel | null = null;
	#wasLive = false;
	/** It is this tab that takes up what was left. */
	#isResumed = false;
	#isClosed = false;

	constructor(options: UploadQueueOptions) {
		this.#options = options;
		const tryNow = () => this.#tryNow();
		this.#cancels.push(options.client.on("status", () => this.#onStatus()));
		this.#cancels.push(options.client.rights.onChange(() => this.#onRights()));
		globalThis.addEventListener?.("online", tryNow);
		this.#cancels.push(() => globalThis.removeEventListener?.("online", tryNow));
		options.client.doc.on("destroy", () => this.close());
	}

	/** Calls `listen` at every event of that name until cancelled. */
	on<K extends keyof UploadEvents>(event: K, listen: (value: UploadEvents[K]) => void): Cancel {
		return this.#events.on(event, listen);
	}

	/** Puts placeholders for all files that may be photos, and sends them. Returns their ids. */
	add(files: Iterable<File>): PhotoId[] {
		const { client, clock, store, mintId, sendsWhole } = this.#options;
		const at = clock.now();
		const added: KeptUpload[] = [];
		for (const file of files) {
			const code = refusalOfFile(file, file.name);
			if (code !== null) this.#events.emit("refused", { fileName: file.name, code });
			else {
				// A millisecond apart, so that they stand in the order in which they were chosen.
				const kept = { file, fileName: file.name, at: at + added.length, by: client.me.id };
				added.push({ room: client.room, id: mintId(), isWhole: sendsWhole(), ...kept });
			}
		}
		client.doc.transact(() => {
			for (const kept of added) this.#putPlaceholder(kept);
		}, this);
		for (const kept of added) this.#enqueue(kept, keep(store, kept));
		return added.map((kept) => kept.id);
	}

	/** Takes up what an earlier visit of this person left on this device. */
	async resume(): Promise<void> {
		const { client, store } = this.#options;
		this.#isResumed = true;
		const left = await store.list(client.room);
		await client.ready;
		if (this.#isClosed || !client.may("photos")) return; // It stays on the device until they may.
		for (const kept of left) {
			if (this.#uploads.has(kept.id) || !isOurs(client.me, kept.by ?? client.me.id)) continue;
			if (kept.isGivenUp === true) {
				void this.#drop(kept);
				continue;
			}
			if (readPhoto(photosOf(client.doc), kept.id) === null) {
				client.doc.transact(() => this.#putPlaceholder(kept), this);
			}
			this.#enqueue(kept, Promise.resolve(true));
		}
	}

	/** Where the photo is on its way; null for all that are not on their way from here. */
	stateOf(id: PhotoId): UploadState | null {
		return this.#uploads.get(id)?.state ?? null;
	}

	/** The own picture while the server has none; null otherwise. */
	localUrl(id: PhotoId): string | null {
		return this.#uploads.get(id)?.localUrl ?? null;
	}

	/** Photos that are not on the server yet, in the order in which they were chosen. */
	outbox(): OutgoingPhoto[] {
		return this.#unsent().flatMap(({ kept, state, localUrl }) => {
			const { id, fileName, file } = kept;
			return state === null ? [] : [{ id, fileName, bytes: file.size, state, localUrl }];
		});
	}

	/** How many photos are not on the server yet. */
	unsentCount(): number {
		return this.#unsent().length;
	}

	/** True where leaving now would lose a photo: neither the server nor this device has it. */
	mayLosePhotos(): boolean {
		return this.#unsent().some((upload) => !upload.isKept);
	}

	/** Gives an own photo up that is still on its way. */
	cancel(id: PhotoId): void {
		const upload = this.#uploads.get(id);
		if (upload !== undefined && isUnsent(upload)) this.#giveUp(upload);
	}

	/** Stops sending; what is kept on the device goes on at the next visit. Safe to call twice. */
	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		this.#cancelRetry?.();
		for (const cancel of this.#cancels.splice(0)) cancel();
		for (const upload of this.#uploads.values()) {
			upload.abort.abort();
			URL.revokeObjectURL(upload.localUrl);
		}
		this.#uploads.clear();
		this.#events.clear();
	}

	#unsent(): Upload[] {
		return [...this.#uploads.values()].filter(isUnsent);
	}

	#putPlaceholder(kept: KeptUpload): void {
		const { client } = this.#options;
		const { type, size: bytes } = kept.file;
		const author = { person: client.me, at: kept.at };
		addPhoto(photosOf(client.doc), kept.id, { type, width: 0, height: 0, bytes }, author);
	}

	#enqueue(kept: KeptUpload, keeping: Promise<boolean>): void {
		const upload: Upload = {
			kept,
			state: { phase: "waiting" },
			localUrl: URL.createObjectURL(kept.file),
			prepared: Promise.resolve(true),
			keeping,
			isKept: false,
			abort: new AbortController(),
		};
		this.#noteKeeping(upload, keeping);
		this.#uploads.set(kept.id, upload);
		this.#events.emit("change", kept.id);
		void this.#describe(upload);
		if (kept.isPrepared !== true) {
			upload.prepared = this.#preparing.then(() => this.#prepare(upload));
			this.#preparing = upload.prepared;
		}
		this.#next();
	}

	#noteKeeping(upload: Upload, keeping: Promise<boolean>): void {
		upload.keeping = keeping;
		void keeping.then((isKept) => {
			if (upload.keeping === keeping) upload.isKept = isKept;
		});
	}

	/** Makes it what is sent, and keeps that: after a closed tab the same bytes are sent again. */
	async #prepare(upload: Upload): Promise<boolean> {
		const { file, fileName, isWhole = false } = upload.kept;
		const isHere = () => !this.#isClosed && this.#uploads.get(upload.kept.id) === upload;
		if (!isHere()) return false;
		const prepared = await this.#options.prepare(file, fileName, isWhole);
		if (!isHere()) return false;
		const code = prepared === null ? "photo_heic" : refusalOfPrepared(prepared);
		if (prepared === null || code !== null) {
			this.#fail(upload, code ?? "photo_heic");
			return false;
		}
		if (prepared === file) return true;
		await upload.keeping;
		upload.kept = { ...upload.kept, file: prepared, isPrepared: true };
		URL.revokeObjectURL(upload.localUrl);
		upload.localUrl = URL.createObjectURL(prepared);
		this.#noteKeeping(upload, keep(this.#options.store, upload.kept));
		void this.#describe(upload);
		this.#events.emit("change", upload.kept.id);
		return (await upload.keeping) || isHere();
	}

	async #describe(upload: Upload): Promise<void> {
		const { client } = this.#options;
		const { type, size: bytes } = upload.kept.file;
		const size = await this.#options.sizeOf(upload.localUrl);
		if (size.width === 0 || this.#isClosed || !client.may("photos")) return;
		client.doc.transact(() => {
			describePhoto(photosOf(client.doc), upload.kept.id, { type, bytes, ...size });
		}, this);
	}

	#next(): void {
		const isHeld = this.#cancelRetry !== null || !this.#options.client.may("photos");
		if (this.#isClosed || isHeld) return;
		const unsent = this.#unsent();
		const waiting = unsent.filter((upload) => upload.state?.phase === "waiting");
		const free = sendingMax - (unsent.length - waiting.length);
		for (const upload of waiting.slice(0, Math.max(0, free))) void this.#send(upload);
	}

	async #send(upload: Upload): Promise<void> {
		this.#move(upload, { phase: "sending", share: 0 });
		try {
			if (!(await upload.prepared)) return;
			this.#needRight();
			const received = await this.#sendBytes(upload);
			if (this.#uploads.get(upload.kept.id) !== upload) return;
			this.#needRight();
			this.#backoffMs = backoffMsMin;
			await this.#finish(upload, received);
		} catch (error) {
			this.#fail(upload, toWeftError(error, "photo_unsent").code);
		}
		this.#next();
	}

	#needRight(): void {
		if (!this.#options.client.may("photos")) throw new WeftError("not_allowed");
	}

	async #sendBytes({ kept, abort }: Upload): Promise<ReceivedPhoto> {
		const { client, send } = this.#options;
		const path = `/api/rooms/${roomSegment(client.room)}/photos/${kept.id}`;
		const isOriginal = kept.isWhole === true && kept.isPrepared !== true;
		return send({
			url: client.url(isOriginal ? `${path}?original` : path),
			file: kept.file,
			signal: abort.signal,
			onProgress: (share) => {
				const upload = this.#uploads.get(kept.id);
				if (upload === undefined) return;
				this.#move(upload, share < 1 ? { phase: "sending", share } : { phase: "making" });
			},
		});
	}

	/** The doc first, then the device: a tab that closes in between does it again, to no effect. */
	async #finish(upload: Upload, received: ReceivedPhoto): Promise<void> {
		const { client, clock, store } = this.#options;
		const { id } = upload.kept;
		client.doc.transact(() => finishPhoto(photosOf(client.doc), id, received), this);
		this.#move(upload, { phase: "shared" });
		if (await upload.keeping) await forget(store, upload.kept);
		clock.after(sharedMs, () => this.#move(upload, null));
		clock.after(localUrlMs, () => {
			if (this.#uploads.get(id) !== upload) return;
			this.#uploads.delete(id);
			URL.revokeObjectURL(upload.localUrl);
		});
	}

	#fail(upload: Upload, code: FailureCode): void {
		if (this.#uploads.get(upload.kept.id) !== upload) return;
		if (!mayTryAgain(code)) {
			this.#events.emit("refused", { fileName: upload.kept.fileName, code });
			this.#giveUp(upload);
			return;
		}
		this.#move(upload, { phase: "waiting", because: code });
		if (this.#cancelRetry !== null) return;
		this.#cancelRetry = this.#options.clock.after(this.#backoffMs, () => this.#tryNow());
		this.#backoffMs = Math.min(backoffMsMax, this.#backoffMs * 2);
	}

	#giveUp(upload: Upload): void {
		const { id } = upload.kept;
		this.#uploads.delete(id);
		upload.abort.abort();
		URL.revokeObjectURL(upload.localUrl);
		void this.#drop({ ...upload.kept, isGivenUp: true }, upload.keeping);
		this.#events.emit("change", id);
		this.#next();
	}

	/** Takes a placeholder away, and what is kept for it; without the right to, when it is back. */
	async #drop(kept: KeptUpload, keeping = Promise.resolve(true)): Promise<void> {
		const { client, store } = this.#options;
		const mayDrop = client.may("photos");
		const drop = () => dropPlaceholder(photosOf(client.doc), kept.id);
		if (mayDrop) client.doc.transact(drop, this);
		if (await keeping) await (mayDrop ? forget(store, kept) : keep(store, kept));
	}

	/** What waits here, or on the device, goes on; what was given up goes. */
	#onRights(): void {
		if (!this.#options.client.may("photos")) return;
		this.#tryNow();
		if (this.#isResumed) {
			this.resume().catch((error: unknown) => console.warn("Unsent photos stay unsent:", error));
		}
	}

	#move(upload: Upload, state: UploadState | null): void {
		upload.state = state;
		this.#events.emit("change", upload.kept.id);
	}

	/** The connection came back: no need to wait for the backoff's end. */
	#onStatus(): void {
		const isLive = /^(saving|saved|sent)$/.test(this.#options.client.status.phase);
		if (isLive && !this.#wasLive) this.#tryNow();
		this.#wasLive = isLive;
	}

	#tryNow(): void {
		this.#cancelRetry?.();
		this.#cancelRetry = null;
		this.#next();
	}
}

function isUnsent(upload: Upload): boolean {
	return upload.state !== null && upload.state.phase !== "shared";
}
