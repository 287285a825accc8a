// What a service worker has beside the browser's usual words: the DOM library does not know it.
interface KhEvent extends Event { waitUntil(promise: Promise<unknown>): void }
interface KhFetch extends KhEvent {
  request: Request; clientId: string; resultingClientId: string;
  respondWith(answer: Promise<Response> | Response): void;
}
interface KhMessage extends KhEvent { data: any; ports: MessagePort[] }
interface KhWindow { id: string; url: string; visibilityState: string; postMessage(message: unknown): void }
interface KhScope {
  KH: KhSettings;
  registration: ServiceWorkerRegistration;
  clients: {
    claim(): Promise<void>; get(id: string): Promise<KhWindow | undefined>;
    matchAll(options?: object): Promise<KhWindow[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(name: "fetch", answer: (event: KhFetch) => void): void;
  addEventListener(name: "message", answer: (event: KhMessage) => void): void;
  addEventListener(name: string, answer: (event: any) => void): void;
}
/** What the server writes at the head of /sw.js. */
interface KhSettings { build: string; gen: number; shell: string[]; langs: string[] }
/** Where an address belongs. `key` is what it is stored under, `cache` the article's own. */
interface KhPlace { kind: string; key: string; id: string; lang: string }
/** An answer read whole. */
interface KhPart { url: string; res: Response; body: ArrayBuffer }
/** What makes a bundle count: written last. Times are milliseconds, sizes bytes. */
interface KhRecord {
  id: string; path: string; rev: number; at: number; read: number; pin: boolean; why: string;
  title: string; section: string; bytes: number;
  parts: string[]; assets: string[]; corrected?: number; edition?: string; lang: string;
  seal?: { key: string; statements: { says: string; sig: string }[] };
}
interface KhState {
  rev: number; synced: number; auto: number; moved: Record<string, number>;
  notices: { id: string; title: string; reason: string; successor?: { url: string; headline: string } }[]; queue: string[]; missed: Record<string, string | undefined>; lite?: boolean;
}
