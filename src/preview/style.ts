/**
 * The style of the page.
 *
 * @internal
 */
export const STYLE = `
:root{color-scheme:light dark;--page:#f6f7f9;--box:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--accent:#0b5cad;--on-accent:#fff;--fill:#2f7dd1;
--good:#116329;--bad:#b42318;--warn:#8a5a00;--mark:#eaf3ff;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media (prefers-color-scheme:dark){:root{--page:#0f1318;--box:#171c23;--text:#e6e9ee;--soft:#9aa4b1;--line:#323b47;--accent:#7ab8ff;--on-accent:#0b1220;--fill:#4c9aef;
--good:#6fd08c;--bad:#ff9b8f;--warn:#f0c060;--mark:#1c2a3c}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
header,main,footer{max-width:78rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:1.6rem;line-height:1.25;margin:0;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:0 0 .75rem}
h3,h4,h5{font-size:1rem;margin:1rem 0 .4rem;overflow-wrap:anywhere}
header p,footer,.note,.place,.client{color:var(--soft)}
header p{margin:.25rem 0 .75rem}
p{margin:.35rem 0}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.1rem;list-style:none;margin:0;padding:0}
section{background:var(--box);border:1px solid var(--line);border-radius:.6rem;padding:1.1rem 1.25rem;margin:1.1rem 0}
footer{padding-bottom:2rem;font-size:.9rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.2rem}
[hidden]{display:none!important}
.skip:not(:focus){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip:focus{position:absolute;padding:.5rem 1rem;background:var(--box)}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.6rem 1rem;align-items:end}
#parts{grid-template-columns:8rem 7rem minmax(10rem,1fr) minmax(10rem,1fr)}
.field-headers,.check-grpc,.field-claims{grid-column:1/-1}
label,legend{font-weight:600;font-size:.9rem}
.field label{display:block;margin-bottom:.15rem}
fieldset{border:0;padding:0;margin:0 0 .75rem}
.modes legend,.mode{float:left;margin-right:1rem;padding:0}
.modes::after{content:"";display:block;clear:both}
.check{display:flex;gap:.5rem;align-items:center}
.check label,.mode label{font-weight:400}
input,textarea,select,button{font:inherit;color:inherit}
input:not([type=checkbox]):not([type=radio]),textarea,select{width:100%;padding:.4rem .55rem;border:1px solid var(--soft);border-radius:.35rem;background:var(--page);font-size:.95rem}
textarea,input[type=text]{font-family:var(--mono);font-size:.88rem}
select{height:2.3rem}
input[type=text],input[type=search]{height:2.3rem}
textarea{display:block;resize:vertical}
::placeholder{color:var(--soft);opacity:1}
input[type=checkbox],input[type=radio]{accent-color:var(--accent);width:1.05rem;height:1.05rem;margin:0 .3rem 0 0;vertical-align:-.15rem}
button{padding:.4rem 1rem;border:1px solid var(--soft);border-radius:.35rem;background:var(--box);cursor:pointer}
button:hover{border-color:var(--accent)}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent);font-weight:600}
.try{padding:.1rem .6rem;font-size:.88rem}
.buttons{display:flex;gap:.6rem;margin:.9rem 0 0}
.more{margin-top:.75rem}
summary{cursor:pointer;font-weight:600;font-size:.9rem}
.more .grid{margin-top:.6rem}
.problem{color:var(--bad);font-weight:600;white-space:pre-wrap;overflow-wrap:anywhere}
.problem:empty,#answer-summary:empty{display:none}
#answer-summary{margin-top:1rem;padding:.6rem .85rem;border-left:4px solid var(--fill);background:var(--mark);font-weight:600;overflow-wrap:anywhere}
#answer h3{font-family:var(--mono);font-size:.95rem}
#answer ul,#answer ol{margin:.25rem 0;padding:0;list-style:none;overflow-wrap:anywhere}
.client{font-size:.88rem}
.states{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:1rem}
.state{margin:0;padding:.25rem 1rem 1rem;background:none}
.outcome{display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:0 .75rem;padding:.35rem 0;border-top:1px solid var(--line)}
.outcome .details{grid-column:2;color:var(--soft);font-size:.88rem}
.share{font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.who{font-weight:600;overflow-wrap:anywhere}
.proxy .who{color:var(--bad)}
.bar{display:inline-block;vertical-align:middle;margin:0 .45rem}
.outcome .share .bar{display:block;margin:.2rem 0 0}
.track{fill:var(--line)}
.fill{fill:var(--fill)}
.condition{font-weight:600}
.step{position:relative;padding:.15rem 0 .15rem 1.5rem;color:var(--soft);font-size:.92rem}
.step.applies{color:var(--text)}
.step::before{content:"\\2013";content:"\\2013"/"";position:absolute;left:.35rem}
.step.applies::before{content:"\\2713";content:"\\2713"/"";color:var(--good);font-weight:700}
.stage{font-weight:600}
.place{font-family:var(--mono);font-size:.8rem;overflow-wrap:anywhere}
.step .place{display:block}
.filter{max-width:32rem;margin-bottom:1rem}
.filter p{color:var(--soft);font-size:.9rem;margin:.25rem 0 0}
.host{display:grid;grid-template-columns:minmax(8rem,13rem) 1fr;gap:1.75rem;align-items:center;margin:0 0 1.1rem}
.entrances{list-style:none;margin:0;padding:0;display:grid;gap:.5rem}
.entrances li{position:relative;border:1px solid var(--line);border-radius:.35rem;background:var(--page);padding:.35rem .6rem;font-size:.88rem;overflow-wrap:anywhere}
.entrances li::after,.arm::before{content:"";position:absolute;height:2px;background:var(--soft)}
.entrances li::after{left:100%;top:50%;width:1.75rem}
.box{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .85rem}
.box h3,.box h4{margin:0 0 .4rem}
.rules{list-style:none;margin:0;padding:0;display:grid;gap:.6rem}
.rule{display:grid;grid-template-columns:minmax(10rem,1fr) minmax(14rem,1.4fr);align-items:center}
.long .rule{content-visibility:auto;contain-intrinsic-size:auto 4.5rem}
.match{border:1px solid var(--line);border-radius:.35rem;background:var(--page);padding:.35rem .6rem;font-family:var(--mono);font-size:.84rem;overflow-wrap:anywhere}
.match p{margin:0}
.policy{color:var(--warn);font-family:system-ui,sans-serif}
.policy::before{content:"\\1F512\\FE0E ";content:"\\1F512\\FE0E "/"Policy "}
.arms{list-style:none;margin:0;padding:0;border-left:2px solid var(--soft)}
.cases{display:grid;gap:.4rem;padding-left:1.25rem;position:relative}
.cases::before{content:"";position:absolute;left:0;top:50%;width:1.25rem;height:2px;background:var(--soft)}
.cases .condition{margin:.2rem .5rem;font-size:.88rem}
.arm{position:relative;padding:.2rem 0 .2rem 1.9rem;display:flex;flex-wrap:wrap;gap:.1rem .6rem;align-items:center;font-size:.92rem}
.arm::before{left:0;top:50%;width:1.5rem}
.arm::after{content:"";position:absolute;left:1.2rem;top:calc(50% - 4px);border:5px solid transparent;border-left-color:var(--soft)}
.arm.mirror::before{background:repeating-linear-gradient(90deg,var(--soft) 0 5px,transparent 5px 9px)}
.arm .share{min-width:3.4rem}
.backend{border:1px solid var(--fill);border-radius:1rem;padding:.1rem .7rem;background:var(--mark);overflow-wrap:anywhere}
.mirror .backend,.proxy .backend{border-style:dashed}
.proxy .backend{border-color:var(--warn);color:var(--warn);background:none;border-radius:.35rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.88rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line)}
th{white-space:nowrap}
td div{min-width:5rem;max-width:15rem;width:max-content;overflow-wrap:anywhere}
td.code div{min-width:10rem;max-width:16rem;font:.82rem/1.6 var(--mono)}
td.place div{max-width:15rem}
.findings,.changes,.moves{list-style:none;margin:0;padding:0}
.finding,.change{border-left:4px solid var(--line);padding:.15rem 0 .15rem .85rem;margin:0 0 .9rem;overflow-wrap:anywhere}
.finding.error{border-color:var(--bad)}
.finding.warning{border-color:var(--warn)}
.error .level{color:var(--bad)}
.warning .level{color:var(--warn)}
.new{background:var(--accent);color:var(--on-accent);border-radius:.7rem;padding:0 .5rem;font-size:.8rem}
.change{border-color:var(--fill)}
.change .title{font-weight:600}
.move{font-variant-numeric:tabular-nums;white-space:nowrap}
pre{font:.85rem/1.45 var(--mono);background:var(--page);border:1px solid var(--line);border-radius:.35rem;padding:.5rem .7rem;overflow-x:auto;margin:.4rem 0}
@media (max-width:52rem){
#parts{grid-template-columns:1fr 1fr}.field-host,.field-path{grid-column:1/-1}
.states,.host,.rule{grid-template-columns:minmax(0,1fr)}.host{gap:.6rem}.entrances li::after{display:none}
.cases{padding-left:.9rem}.cases::before{display:none}
}
@media (max-width:30rem){header,main,footer{padding-left:.75rem;padding-right:.75rem}section{padding:.9rem}.outcome{grid-template-columns:1fr}.outcome .details{grid-column:1}}
@media print{
:root{--page:#fff;--box:#fff;--text:#000;--soft:#444;--line:#bbb;--accent:#003d80;--mark:#fff}
nav,.skip,.buttons,.try,.filter,.more,#request-form,.show-more{display:none!important}
#request:not(:has(#answer *)){display:none}section{border:0;padding:0}.long .rule{content-visibility:visible}.rule{break-inside:avoid}.scroll{overflow:visible}td,th{padding:.2rem .3rem}td div{min-width:0!important;width:auto!important}
th:first-child,td:first-child{display:none}
}
`;
