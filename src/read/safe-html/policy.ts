/**
 * What of a message's HTML is shown: elements, attributes and CSS properties by list. Whatever is not named here is
 * left out; an element that is left out keeps its content, unless that is no text for a reader.
 */

function words(list: string): Set<string> {
  return new Set(list.trim().split(/\s+/));
}

export const safeElements: ReadonlySet<string> = words(`
  a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details
  dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd label li main mark menu
  nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td tfoot th thead time
  tr tt u ul var wbr
`);

/** Left out like all that is not named above, but not worth a note: every message has them. */
export const silentElements: ReadonlySet<string> = words('html head body title meta style o:p');

/** Elements whose content goes with them. */
export const unreadableElements: ReadonlySet<string> = words(`
  script style title textarea xmp template iframe noembed noframes
`);

export const voidElements: ReadonlySet<string> = words('br col hr img wbr');

/** Elements that the next one or their parent's end closes; a browser reads their tags as they come. */
export const impliedEnds: ReadonlySet<string> = words(`
  p li dt dd td th tr tbody thead tfoot colgroup caption rp rt
`);

/** On every element. None of these can hold an address. */
export const safeAttributes: ReadonlySet<string> = words(`
  abbr align alt bgcolor border cellpadding cellspacing class clear color colspan compact dir face headers height hidden
  hspace id lang noshade nowrap open reversed rowspan scope size span start summary title type valign value vspace width
`);

/** No position, offsets, z-index, transforms or animations: nothing may leave its place and cover something else. */
export const safeProperties: ReadonlySet<string> = words(`
    background background-color background-image background-position background-repeat background-size
    border border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius border-bottom-style
    border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width
    border-radius border-right border-right-color border-right-style border-right-width border-spacing border-style
    border-top border-top-color border-top-left-radius border-top-right-radius border-top-style border-top-width
    border-width box-shadow box-sizing caption-side clear color column-count column-gap direction display empty-cells
    flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap float font font-family font-feature-settings
    font-kerning font-size font-size-adjust font-stretch font-style font-variant font-variant-caps
    font-variant-east-asian font-variant-ligatures font-variant-numeric font-weight gap height hyphens justify-content
    align-content align-items align-self letter-spacing line-break line-height list-style list-style-position
    list-style-type margin margin-bottom margin-left margin-right margin-top margin-block margin-inline max-height
    max-width min-height min-width object-fit opacity order orphans outline overflow overflow-wrap overflow-x overflow-y
    padding padding-bottom padding-left padding-right padding-top padding-block padding-inline quotes row-gap tab-size
    table-layout text-align text-align-last text-decoration text-decoration-color text-decoration-line
    text-decoration-style text-indent text-justify text-overflow text-rendering text-shadow text-transform
    text-underline-offset text-underline-position unicode-bidi vertical-align visibility white-space widows width
    word-break word-spacing word-wrap writing-mode
`);
