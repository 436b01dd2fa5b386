"""What a model or a visitor might write to become more than text."""

HOSTILE = (
    "<script>window.pwned = 1</script>",
    "<img src=x onerror='window.pwned = 1'>",
    '"><svg onload="window.pwned = 1">',
    "</code></pre><iframe srcdoc='<script>parent.pwned = 1</script>'></iframe>",
    "<a href='javascript:window.pwned = 1'>click</a>",
    "${window.pwned = 1} `${window.pwned = 1}`",
    "{{window.pwned}} {{{value}}} {{#each value}}x{{/each}} @children",
    "<style>body { display: none }</style>",
    "&lt;script&gt;window.pwned = 1&lt;/script&gt;",
    "[x](javascript:window.pwned=1) ![x](x) $$\\href{javascript:window.pwned=1}{x}$$",
    'mov x0, 1 // "><script>window.pwned = 1</script>',
    '.ascii "</span><script>window.pwned = 1</script>"',
    "label<b>: add x0, x0, '<i>'",
    "\x00\x1b[31m\x7f\u202edesrever\u2066 \ud800",
    "<" * 5000,
)
