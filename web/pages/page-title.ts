/** The page's name in its tab, and there a sign that something came while one was elsewhere. */

/** What came. */
export interface PageNews {
	readonly count: number;
	/** Something of it speaks to the one who is away. */
	readonly isForMe: boolean;
}

/** Nothing did. */
export const noNews: PageNews = { count: 0, isForMe: false };

const countMax = 99;

let title = "";
let news = noNews;
let plainIcon: string | null = null;

/** Names the page. */
export function setPageTitle(text: string): void {
	title = text;
	document.title = withNews(title, news);
}

/** Shows that something came, in words and as a dot on the icon; `noNews` takes it away. */
export function setPageNews(next: PageNews): void {
	if (next.count === news.count && next.isForMe === news.isForMe) return;
	news = next;
	document.title = withNews(title, news);
	showIcon(news.count > 0);
}

/** "(3) Garden"; "(@ 3) Garden" where somebody is spoken to. */
export function withNews(text: string, { count, isForMe }: PageNews): string {
	if (count === 0) return text;
	const digits = count > countMax ? `${countMax}+` : String(count);
	return `(${isForMe ? "@ " : ""}${digits}) ${text}`;
}

function showIcon(hasNews: boolean): void {
	const link = document.querySelector<HTMLLinkElement>("link[rel=icon]");
	if (link === null) return;
	plainIcon ??= link.href;
	link.href = hasNews ? new URL("../ui/favicon-news.svg", import.meta.url).href : plainIcon;
}
