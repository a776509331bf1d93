/** Where a text may be put: it must end what it is in before it can start anything. */
const before = ['', '"', `'`, '-->', '</title>', '</script>', '</textarea>', ']]>', '\\"', '\u2028`'];

/** What a browser would run. `HIT` stands for the script. */
const carriers = [
  '<script>HIT</script>',
  '<img src=x onerror=HIT>',
  '<svg onload=HIT>',
  '<svg><animate onbegin=HIT attributeName=x dur=1s>',
  '<svg><a xlink:href="javascript:HIT"><text y=9>x</text></a></svg>',
  '<iframe srcdoc="<script>parent.HIT</script>">',
  '<iframe src="javascript:parent.HIT">',
  '<body onload=HIT>',
  '<details open ontoggle=HIT>x',
  '<input autofocus onfocus=HIT>',
  '<video><source onerror=HIT></video>',
  '<a href="javascript:HIT">x</a>',
  'javascript:HIT',
  'data:text/html,<script>HIT</script>',
  '<object data="javascript:HIT">',
  '<form><button formaction="javascript:HIT">x</button></form>',
  '<meta http-equiv=refresh content="0;url=javascript:HIT">',
  '<base href="//evil.example/">',
  '<link rel=stylesheet href="//evil.example/x.css">',
  '<style>@import "//evil.example/x.css";</style>',
  '<noscript><p title="</noscript><img src=x onerror=HIT>">',
  '<svg></p><style><a id="</style><img src=x onerror=HIT>">',
  '<math><mi xlink:href="javascript:HIT">x</mi></math>',
  '&lt;img src=x onerror=HIT&gt;',
  '%3Cimg%20src=x%20onerror=HIT%3E',
  '\\u003cimg src=x onerror=HIT\\u003e',
  '＜img src=x onerror=HIT＞',
  `{{constructor.constructor('HIT')()}}`,
  '${HIT}',
  `datum.constructor.constructor('HIT')()`,
];

/** 300 texts; each one that runs says its number. */
export const scripts: readonly string[] = before.flatMap((start, row) =>
  carriers.map((carrier, column) => start + carrier.replaceAll('HIT', `hit(${row * carriers.length + column})`)),
);
