/** What the light shows for each status: pure, so that its honesty stands in a table. */
import type { Millis } from "../../../shared/clock.ts";
import type { RoomStatus } from "../../sync/status.ts";
import { moreIcons } from "../../ui/icons/more.ts";
import type { IconName } from "../../ui/icons.ts";
import { sayFailure, t, tCount } from "../../ui/messages.ts";
import "../../ui/messages/light.ts";
import { momentOf } from "../../ui/time.ts";

/** What is seen. */
export interface LightView {
	readonly tone: "quiet" | "busy" | "warn" | "bad";
	readonly icon: IconName;
	/** A few words. */
	readonly label: string;
	/** One or two sentences. */
	readonly detail: string;
	/** A person may ask for the next try now. */
	readonly canTryNow: boolean;
}

/** Saving that takes less than this is not worth a word. */
export const quietMs: Millis = 1_000;

/** The light for a status that is worth telling; `photoCount` photos are not on the server yet. */
export function lightOf(status: RoomStatus, nowMs: Millis, photoCount = 0): LightView {
	if (isSettled(status, 0) && photoCount > 0) {
		const label = tCount("frame.light.photos", photoCount);
		return busy(moreIcons.upload, label, t("frame.light.photosDetail"));
	}
	switch (status.phase) {
		case "loading":
			return busy(moreIcons.cloud, t("frame.light.loading"), t("frame.light.loadingDetail"));
		case "device":
			return busy(moreIcons.device, t("frame.light.device"), t("frame.light.deviceDetail"));
		case "saving":
			return busy(moreIcons.cloud, t("frame.light.saving"), t("frame.light.savingDetail"));
		case "saved":
			return quiet(
				t("frame.light.savedAt", { time: momentOf(status.atMs, nowMs) }),
				t("frame.light.savedDetail"),
			);
		case "sent":
			return quiet(t("frame.light.sent"), t("frame.light.sentDetail"));
		case "offline":
			return offlineLight(status.waiting, status.because && sayFailure(status.because));
		case "readOnly":
			return {
				tone: "bad",
				icon: "warning",
				label: t(status.code === "disk_full" ? "frame.light.diskFull" : "frame.light.readOnly"),
				detail: sayFailure(status.code),
				canTryNow: false,
			};
		case "refused":
			return {
				tone: "bad",
				icon: "warning",
				label: t("frame.light.refused"),
				detail: sayFailure(status.code),
				canTryNow: false,
			};
	}
}

function quiet(label: string, detail: string): LightView {
	return { tone: "quiet", icon: "check", label, detail, canTryNow: false };
}

function busy(icon: IconName, label: string, detail: string): LightView {
	return { tone: "busy", icon, label, detail, canTryNow: false };
}

function offlineLight(waiting: number, because: string | null): LightView {
	const label =
		waiting === 0 ? t("frame.light.offline") : tCount("frame.light.offlineWaiting", waiting);
	const detail = because ?? t("frame.light.offlineDetail");
	return { tone: "warn", icon: "offline", label, detail, canTryNow: true };
}

/** True where everything is where it belongs, photos too. */
export function isSettled(status: RoomStatus, photoCount: number): boolean {
	return photoCount === 0 && (status.phase === "saved" || status.phase === "sent");
}
