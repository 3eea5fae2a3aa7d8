/** Tells a person which photos came and went, many at once in one sentence. */
import type { Doc } from "yjs";
import type { Cancel, Clock } from "../../shared/clock.ts";
import { type PhotoId, parsePhotoId } from "../../shared/ids.ts";
import { type Photo, readPhoto } from "../../shared/surfaces/photos.ts";
import { photosOf } from "../../shared/surfaces/root.ts";
import { t } from "../ui/messages.ts";
import type { PhotoChange } from "./photo-watch.ts";

/** What happened since the last pause. */
export interface News {
	/** Those that were told a moment ago too: this takes the place of what told of some. */
	readonly came: readonly Photo[];
	/** How many went. */
	readonly went: number;
}

/** Waits this long for more of the same before it speaks. */
const gatherMs = 1_500;
/** Who shares many photos goes on for a while: what follows within this is the same news. */
const sameNewsMs = 10_000;

/** What a `PhotoNews` is made of. */
export interface PhotoNewsOptions {
	readonly doc: Doc;
	readonly clock: Clock;
	/** Own photos are no news, not even those of another tab. */
	readonly isMine: (by: string) => boolean;
	readonly tell: (news: News) => void;
}

/** Hand it every change; it is silent until `begin` says that what is there is old. */
export class PhotoNews {
	readonly #options: PhotoNewsOptions;
	#shown: Set<string> | null = null;
	#came = new Map<PhotoId, Photo>();
	#went = new Set<PhotoId>();
	#cancelTell: Cancel | null = null;
	#told: readonly Photo[] = [];
	#toldMs = Number.NEGATIVE_INFINITY;

	constructor(options: PhotoNewsOptions) {
		this.#options = options;
	}

	/** What is in the room now was there before we came. Only the first call counts. */
	begin(): void {
		if (this.#shown !== null) return;
		this.#shown = new Set();
		for (const key of photosOf(this.#options.doc).keys()) {
			if (this.#shownPhoto(key) !== null) this.#shown.add(key);
		}
	}

	/** Looks at the photos that changed. */
	follow(change: PhotoChange): void {
		for (const key of change.photos) this.#look(key, change.isLocal);
		if (this.#came.size + this.#went.size === 0) return;
		this.#cancelTell ??= this.#options.clock.after(gatherMs, () => this.#tell());
	}

	/** Says nothing more. */
	close(): void {
		this.#cancelTell?.();
	}

	#look(key: string, isLocal: boolean): void {
		const id = parsePhotoId(key);
		if (this.#shown === null || id === null) return;
		const photo = this.#shownPhoto(key);
		const wasShown = this.#shown.has(key);
		if (photo !== null && !wasShown) {
			this.#shown.add(key);
			const isRestored = this.#went.delete(id);
			if (!isLocal && !isRestored && !this.#options.isMine(photo.by)) this.#came.set(id, photo);
		}
		if (photo === null && wasShown) {
			this.#shown.delete(key);
			const isUnsaid = this.#came.delete(id);
			if (!isLocal && !isUnsaid) this.#went.add(id);
		}
	}

	#shownPhoto(key: string): Photo | null {
		const id = parsePhotoId(key);
		const photo = id === null ? null : readPhoto(photosOf(this.#options.doc), id);
		return photo === null || photo.gone || photo.blob === null ? null : photo;
	}

	#tell(): void {
		this.#cancelTell = null;
		const nowMs = this.#options.clock.elapsed();
		const before = nowMs - this.#toldMs <= sameNewsMs ? this.#told : [];
		const went = this.#went.size;
		const came = this.#came.size === 0 ? [] : [...before, ...this.#came.values()];
		const news = { came, went };
		if (came.length > 0) {
			this.#told = came;
			this.#toldMs = nowMs;
		}
		this.#came = new Map();
		this.#went = new Set();
		if (news.came.length + news.went > 0) this.#options.tell(news);
	}
}

/** The news in a sentence; arrivals are said first, because they are what people wait for. */
export function sayNews({ came, went }: News): string {
	if (came.length === 0) {
		return went === 1 ? t("photos.news.went") : t("photos.news.wentMany", { count: went });
	}
	const people = new Set(came.map((photo) => photo.by)).size;
	const name = came[0]?.name || t("photos.someone");
	if (came.length === 1) return t("photos.news.came", { name });
	if (people === 1) return t("photos.news.cameMany", { name, count: came.length });
	return t("photos.news.cameFromMany", { count: came.length, people });
}
