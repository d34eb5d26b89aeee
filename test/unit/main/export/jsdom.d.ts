/** The little of jsdom and of a page's own world that tests of the report touch; the rest of the tests has no DOM. */
declare module 'jsdom' {
  export interface PageElement {
    readonly tagName: string
    readonly textContent: string
    readonly hidden: boolean
    readonly attributes: Iterable<{ readonly name: string }>
    readonly children: { readonly length: number }
    readonly style: { readonly backgroundColor: string }
    getAttribute(name: string): string | null
    setAttribute(name: string, value: string): void
    dispatchEvent(event: object): boolean
    focus(): void
  }
  export interface Page {
    readonly body: PageElement
    querySelector(selector: string): PageElement | null
    querySelectorAll(selector: string): Iterable<PageElement>
    getElementById(id: string): PageElement | null
  }
  export interface PageWindow {
    readonly document: Page
    readonly Event: new (type: string, options?: object) => object
    readonly MouseEvent: new (type: string, options?: object) => object
    readonly KeyboardEvent: new (type: string, options?: object) => object
  }
  export class JSDOM {
    constructor(html: string, options?: { runScripts: 'dangerously'; beforeParse: (window: PageWindow) => void })
    readonly window: PageWindow
  }
}
