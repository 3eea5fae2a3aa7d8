/** What is told to somebody who looks elsewhere: a number at the tab, and what they asked for. */
import type { Cancel } from "../../../shared/clock.ts";
import type { ShownMessage } from "../../../shared/surfaces/chat.ts";
import type { ChatLog } from "../../chat/chat-log.ts";
import { isMentioned, namesIn } from "../../chat/mention/mentions.ts";
import { excerptOf, nameIn } from "../../chat/message-words.ts";
import { notify } from "../../sync/device/notify.ts";
import type { RoomClient } from "../../sync/room-client.ts";
import { t } from "../../ui/messages.ts";
import "../../ui/messages/people.ts";
import { noNews, type PageNews, setPageNews } from "../page-title.ts";

/** What it needs of the room's page. */
export interface AwayPorts {
	/** The room's name, for those who have several. */
	readonly title: () => string;
	readonly openChat: () => void;
}

/** Follows the chat while the tab is hidden; ends with the room. */
export function followWhileAway(client: RoomClient, log: ChatLog, ports: AwayPorts): Cancel {
	let news: PageNews = noNews;
	const show = (next: PageNews): void => {
		news = next;
		setPageNews(news);
	};
	const onHeard = (messages: readonly ShownMessage[]): void => {
		if (document.visibilityState !== "hidden") return;
		const { mine } = namesIn(log.messages, [], client.me);
		const forMe = messages.filter(({ body }) => isMentioned(body, mine));
		show({ count: news.count + messages.length, isForMe: news.isForMe || forMe.length > 0 });
		for (const shown of forMe) tellMention(client, shown, ports);
	};
	const onSeen = (): void => {
		if (document.visibilityState === "visible") show(noNews);
	};
	document.addEventListener("visibilitychange", onSeen);
	const cancels = [
		log.on("heard", onHeard),
		// Read in another tab of this browser.
		log.on("change", () => {
			const { count } = log.unread;
			if (count < news.count) show(count === 0 ? noNews : { ...news, count });
		}),
		() => document.removeEventListener("visibilitychange", onSeen),
		() => show(noNews),
	];
	return () => {
		for (const cancel of cancels.splice(0)) cancel();
	};
}

function tellMention(client: RoomClient, shown: ShownMessage, ports: AwayPorts): void {
	const title = t("frame.notify.mention", { name: nameIn(shown), room: ports.title() });
	const tag = `weft:${client.room}:chat`;
	void notify({ title, body: excerptOf(shown), tag, open: ports.openChat });
}
