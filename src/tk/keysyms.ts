/**
 * Keysyms: names to X's numbers, and the text a key inserts. Latin 1 to 4 and 9, Greek, Cyrillic, function keys, ISO and dead keys; every
 * other character has the name `Uxxxx`. Answers to keysyms.n and ks_names.h.
 */

/** Pages of names: `page:` in hexadecimal, then names of consecutive numbers; `=nn` sets the number, `/` joins names of one. */
const TABLE =
  '0:=20 space exclam quotedbl numbersign dollar percent ampersand apostrophe/quoteright parenleft parenright asterisk plus comma minus ' +
  'period slash 0 1 2 3 4 5 6 7 8 9 colon semicolon less equal greater question at A B C D E F G H I J K L M N O P Q R S T U V W X Y Z ' +
  'bracketleft backslash bracketright asciicircum underscore grave/quoteleft a b c d e f g h i j k l m n o p q r s t u v w x y z ' +
  'braceleft bar braceright asciitilde =a0 nobreakspace exclamdown cent sterling currency yen brokenbar section diaeresis copyright ' +
  'ordfeminine guillemotleft notsign hyphen registered macron degree plusminus twosuperior threesuperior acute mu paragraph ' +
  'periodcentered cedilla onesuperior masculine guillemotright onequarter onehalf threequarters questiondown Agrave Aacute Acircumflex ' +
  'Atilde Adiaeresis Aring AE Ccedilla Egrave Eacute Ecircumflex Ediaeresis Igrave Iacute Icircumflex Idiaeresis ETH/Eth Ntilde Ograve ' +
  'Oacute Ocircumflex Otilde Odiaeresis multiply Oslash/Ooblique Ugrave Uacute Ucircumflex Udiaeresis Yacute THORN/Thorn ssharp agrave ' +
  'aacute acircumflex atilde adiaeresis aring ae ccedilla egrave eacute ecircumflex ediaeresis igrave iacute icircumflex idiaeresis eth ' +
  'ntilde ograve oacute ocircumflex otilde odiaeresis division oslash ugrave uacute ucircumflex udiaeresis yacute thorn ' +
  'ydiaeresis;ff:=8 BackSpace Tab Linefeed Clear =d Return =13 Pause Scroll_Lock Sys_Req =1b Escape =20 Multi_key Kanji Muhenkan ' +
  'Henkan_Mode/Henkan Romaji Hiragana Katakana Hiragana_Katakana Zenkaku Hankaku Zenkaku_Hankaku Touroku Massyo Kana_Lock Kana_Shift ' +
  'Eisu_Shift Eisu_toggle Hangul Hangul_Start Hangul_End Hangul_Hanja Hangul_Jamo Hangul_Romaja Codeinput Hangul_Jeonja Hangul_Banja ' +
  'Hangul_PreHanja Hangul_PostHanja SingleCandidate MultipleCandidate PreviousCandidate Hangul_Special =50 Home Left Up Right Down ' +
  'Prior/Page_Up Next/Page_Down End Begin =5b Win_L Win_R App =60 Select Print Execute Insert =65 Undo Redo Menu Find Cancel Help Break ' +
  '=7e Mode_switch/script_switch/kana_switch/Arabic_switch/Greek_switch/Hebrew_switch Num_Lock KP_Space =89 KP_Tab =8d KP_Enter =91 ' +
  'KP_F1 KP_F2 KP_F3 KP_F4 KP_Home KP_Left KP_Up KP_Right KP_Down KP_Prior/KP_Page_Up KP_Next/KP_Page_Down KP_End KP_Begin KP_Insert ' +
  'KP_Delete =aa KP_Multiply KP_Add KP_Separator KP_Subtract KP_Decimal KP_Divide KP_0 KP_1 KP_2 KP_3 KP_4 KP_5 KP_6 KP_7 KP_8 KP_9 =bd ' +
  'KP_Equal F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11/L1 F12/L2 F13/L3 F14/L4 F15/L5 F16/L6 F17/L7 F18/L8 F19/L9 F20/L10 F21/R1 F22/R2 F23/R3 ' +
  'F24/R4 F25/R5 F26/R6 F27/R7 F28/R8 F29/R9 F30/R10 F31/R11 F32/R12 F33/R13 F34/R14 F35/R15 Shift_L Shift_R Control_L Control_R ' +
  'Caps_Lock Shift_Lock Meta_L Meta_R Alt_L Alt_R Super_L Super_R Hyper_L Hyper_R =f1 braille_dot_1 braille_dot_2 braille_dot_3 ' +
  'braille_dot_4 braille_dot_5 braille_dot_6 braille_dot_7 braille_dot_8 braille_dot_9 braille_dot_10 =ff Delete;fe:=1 ISO_Lock ' +
  'ISO_Level2_Latch ISO_Level3_Shift ISO_Level3_Latch ISO_Level3_Lock ISO_Group_Latch ISO_Group_Lock ISO_Next_Group ISO_Next_Group_Lock ' +
  'ISO_Prev_Group ISO_Prev_Group_Lock ISO_First_Group ISO_First_Group_Lock ISO_Last_Group ISO_Last_Group_Lock =11 ISO_Level5_Shift ' +
  'ISO_Level5_Latch ISO_Level5_Lock =20 ISO_Left_Tab ISO_Move_Line_Up ISO_Move_Line_Down ISO_Partial_Line_Up ISO_Partial_Line_Down ' +
  'ISO_Partial_Space_Left ISO_Partial_Space_Right ISO_Set_Margin_Left ISO_Set_Margin_Right ISO_Release_Margin_Left ' +
  'ISO_Release_Margin_Right ISO_Release_Both_Margins ISO_Fast_Cursor_Left ISO_Fast_Cursor_Right ISO_Fast_Cursor_Up ISO_Fast_Cursor_Down ' +
  'ISO_Continuous_Underline ISO_Discontinuous_Underline ISO_Emphasize ISO_Center_Object ISO_Enter =50 dead_grave dead_acute ' +
  'dead_circumflex dead_tilde/dead_perispomeni dead_macron dead_breve dead_abovedot dead_diaeresis dead_abovering dead_doubleacute ' +
  'dead_caron dead_cedilla dead_ogonek dead_iota dead_voiced_sound dead_semivoiced_sound dead_belowdot dead_hook dead_horn dead_stroke ' +
  'dead_abovecomma/dead_psili dead_abovereversedcomma/dead_dasia dead_doublegrave dead_belowring dead_belowmacron dead_belowcircumflex ' +
  'dead_belowtilde dead_belowbreve dead_belowdiaeresis dead_invertedbreve dead_belowcomma dead_currency AccessX_Enable ' +
  'AccessX_Feedback_Enable RepeatKeys_Enable SlowKeys_Enable BounceKeys_Enable StickyKeys_Enable MouseKeys_Enable ' +
  'MouseKeys_Accel_Enable Overlay1_Enable Overlay2_Enable AudibleBell_Enable =80 dead_a dead_A dead_e dead_E dead_i dead_I dead_o ' +
  'dead_O dead_u dead_U dead_small_schwa dead_capital_schwa dead_greek =90 dead_lowline dead_aboveverticalline dead_belowverticalline ' +
  'dead_longsolidusoverlay =a0 ch Ch CH c_h C_h C_H =d0 First_Virtual_Screen Prev_Virtual_Screen Next_Virtual_Screen =d4 ' +
  'Last_Virtual_Screen Terminate_Server =e0 Pointer_Left Pointer_Right Pointer_Up Pointer_Down Pointer_UpLeft Pointer_UpRight ' +
  'Pointer_DownLeft Pointer_DownRight Pointer_Button_Dflt Pointer_Button1 Pointer_Button2 Pointer_Button3 Pointer_Button4 ' +
  'Pointer_Button5 Pointer_DblClick_Dflt Pointer_DblClick1 Pointer_DblClick2 Pointer_DblClick3 Pointer_DblClick4 Pointer_DblClick5 ' +
  'Pointer_Drag_Dflt Pointer_Drag1 Pointer_Drag2 Pointer_Drag3 Pointer_Drag4 Pointer_EnableKeys Pointer_Accelerate Pointer_DfltBtnNext ' +
  'Pointer_DfltBtnPrev Pointer_Drag5;1:=a1 Aogonek breve Lstroke =a5 Lcaron Sacute =a9 Scaron Scedilla Tcaron Zacute =ae Zcaron ' +
  'Zabovedot =b1 aogonek ogonek lstroke =b5 lcaron sacute caron =b9 scaron scedilla tcaron zacute doubleacute zcaron zabovedot Racute ' +
  '=c3 Abreve =c5 Lacute Cacute =c8 Ccaron =ca Eogonek =cc Ecaron =cf Dcaron Dstroke Nacute Ncaron =d5 Odoubleacute =d8 Rcaron Uring ' +
  '=db Udoubleacute =de Tcedilla =e0 racute =e3 abreve =e5 lacute cacute =e8 ccaron =ea eogonek =ec ecaron =ef dcaron dstroke nacute ' +
  'ncaron =f5 odoubleacute =f8 rcaron uring =fb udoubleacute =fe tcedilla abovedot;2:=a1 Hstroke =a6 Hcircumflex =a9 Iabovedot =ab ' +
  'Gbreve Jcircumflex =b1 hstroke =b6 hcircumflex =b9 idotless =bb gbreve jcircumflex =c5 Cabovedot Ccircumflex =d5 Gabovedot =d8 ' +
  'Gcircumflex =dd Ubreve Scircumflex =e5 cabovedot ccircumflex =f5 gabovedot =f8 gcircumflex =fd ubreve scircumflex;3:=a2 kra/kappa ' +
  'Rcedilla =a5 Itilde Lcedilla =aa Emacron Gcedilla Tslash =b3 rcedilla =b5 itilde lcedilla =ba emacron gcedilla/gacute tslash ENG =bf ' +
  'eng Amacron =c7 Iogonek =cc Eabovedot =cf Imacron =d1 Ncedilla Omacron Kcedilla =d9 Uogonek =dd Utilde Umacron =e0 amacron =e7 ' +
  'iogonek =ec eabovedot =ef imacron =f1 ncedilla omacron kcedilla =f9 uogonek =fd utilde umacron;13:=bc OE oe Ydiaeresis;6:=a1 ' +
  'Serbian_dje Macedonia_gje Cyrillic_io Ukrainian_ie/Ukranian_je Macedonia_dse Ukrainian_i/Ukranian_i Ukrainian_yi/Ukranian_yi ' +
  'Cyrillic_je/Serbian_je Cyrillic_lje/Serbian_lje Cyrillic_nje/Serbian_nje Serbian_tshe Macedonia_kje Ukrainian_ghe_with_upturn ' +
  'Byelorussian_shortu Cyrillic_dzhe/Serbian_dze numerosign Serbian_DJE Macedonia_GJE Cyrillic_IO Ukrainian_IE/Ukranian_JE ' +
  'Macedonia_DSE Ukrainian_I/Ukranian_I Ukrainian_YI/Ukranian_YI Cyrillic_JE/Serbian_JE Cyrillic_LJE/Serbian_LJE ' +
  'Cyrillic_NJE/Serbian_NJE Serbian_TSHE Macedonia_KJE Ukrainian_GHE_WITH_UPTURN Byelorussian_SHORTU Cyrillic_DZHE/Serbian_DZE ' +
  'Cyrillic_yu Cyrillic_a Cyrillic_be Cyrillic_tse Cyrillic_de Cyrillic_ie Cyrillic_ef Cyrillic_ghe Cyrillic_ha Cyrillic_i ' +
  'Cyrillic_shorti Cyrillic_ka Cyrillic_el Cyrillic_em Cyrillic_en Cyrillic_o Cyrillic_pe Cyrillic_ya Cyrillic_er Cyrillic_es ' +
  'Cyrillic_te Cyrillic_u Cyrillic_zhe Cyrillic_ve Cyrillic_softsign Cyrillic_yeru Cyrillic_ze Cyrillic_sha Cyrillic_e Cyrillic_shcha ' +
  'Cyrillic_che Cyrillic_hardsign Cyrillic_YU Cyrillic_A Cyrillic_BE Cyrillic_TSE Cyrillic_DE Cyrillic_IE Cyrillic_EF Cyrillic_GHE ' +
  'Cyrillic_HA Cyrillic_I Cyrillic_SHORTI Cyrillic_KA Cyrillic_EL Cyrillic_EM Cyrillic_EN Cyrillic_O Cyrillic_PE Cyrillic_YA ' +
  'Cyrillic_ER Cyrillic_ES Cyrillic_TE Cyrillic_U Cyrillic_ZHE Cyrillic_VE Cyrillic_SOFTSIGN Cyrillic_YERU Cyrillic_ZE Cyrillic_SHA ' +
  'Cyrillic_E Cyrillic_SHCHA Cyrillic_CHE Cyrillic_HARDSIGN;7:=a1 Greek_ALPHAaccent Greek_EPSILONaccent Greek_ETAaccent ' +
  'Greek_IOTAaccent Greek_IOTAdieresis/Greek_IOTAdiaeresis Greek_IOTAaccentdiaeresis Greek_OMICRONaccent Greek_UPSILONaccent ' +
  'Greek_UPSILONdieresis Greek_UPSILONaccentdieresis Greek_OMEGAaccent =ae Greek_accentdieresis Greek_horizbar =b1 Greek_alphaaccent ' +
  'Greek_epsilonaccent Greek_etaaccent Greek_iotaaccent Greek_iotadieresis Greek_iotaaccentdieresis Greek_omicronaccent ' +
  'Greek_upsilonaccent Greek_upsilondieresis Greek_upsilonaccentdieresis Greek_omegaaccent =c1 Greek_ALPHA Greek_BETA Greek_GAMMA ' +
  'Greek_DELTA Greek_EPSILON Greek_ZETA Greek_ETA Greek_THETA Greek_IOTA Greek_KAPPA Greek_LAMDA/Greek_LAMBDA Greek_MU Greek_NU ' +
  'Greek_XI Greek_OMICRON Greek_PI Greek_RHO Greek_SIGMA =d4 Greek_TAU Greek_UPSILON Greek_PHI Greek_CHI Greek_PSI Greek_OMEGA =e1 ' +
  'Greek_alpha Greek_beta Greek_gamma Greek_delta Greek_epsilon Greek_zeta Greek_eta Greek_theta Greek_iota Greek_kappa ' +
  'Greek_lamda/Greek_lambda Greek_mu Greek_nu Greek_xi Greek_omicron Greek_pi Greek_rho Greek_sigma Greek_finalsmallsigma Greek_tau ' +
  'Greek_upsilon Greek_phi Greek_chi Greek_psi Greek_omega';

let numbers: Map<string, number> | null = null;
const names = new Map<number, string>();

function table(): Map<string, number> {
  if (numbers) return numbers;
  numbers = new Map();
  for (const page of TABLE.split(';')) {
    const [high, words] = page.split(':') as [string, string];
    let n = 0;
    for (const word of words.split(' ')) {
      if (word[0] === '=' && word.length > 1) n = Number.parseInt(high, 16) * 256 + Number.parseInt(word.slice(1), 16);
      else {
        for (const name of word.split('/')) numbers.set(name, n);
        names.set(n++, word.split('/')[0]!);
      }
    }
  }
  return numbers;
}

/** X's number for a keysym name, or 0. */
export function keysymNumber(name: string): number {
  const n = table().get(name);
  if (n !== undefined) return n;
  if (/^U[0-9A-Fa-f]{4,6}$/.test(name)) {
    const code = Number.parseInt(name.slice(1), 16);
    return code < 0x100 ? code : code + 0x1000000;
  }
  return [...name].length === 1 && name.charCodeAt(0) > 32 && name.charCodeAt(0) < 256 ? name.charCodeAt(0) : 0;
}

/** The one name Tk uses for a number. */
export function keysymName(n: number): string {
  table();
  return names.get(n) ?? (n > 0x1000000 ? `U${(n - 0x1000000).toString(16).toUpperCase().padStart(4, '0')}` : '');
}

const INSERTS: Readonly<Record<number, string>> = {
  65288: '\b',
  65289: '\t',
  65290: '\n',
  65293: '\r',
  65307: '\x1b',
  65535: '\x7f',
  65421: '\r',
  8364: '€',
};

/** What a key inserts, without modifiers but Shift: what `event generate` makes of a keysym. */
export function keysymText(n: number): string {
  if (n < 0x100) return String.fromCharCode(n);
  if (n > 0x1000000) return String.fromCodePoint(n - 0x1000000);
  if (n >= 65456 && n <= 65465) return String(n - 65456);
  return INSERTS[n] ?? '';
}

/** Shift, Control, Alt and their like: they do not break a sequence of keys. */
export function isModifierKey(n: number): boolean {
  return (n >= 65505 && n <= 65518) || n === 65406 || n === 65407 || n === 65027;
}
