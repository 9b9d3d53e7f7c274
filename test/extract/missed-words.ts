/** Why words that another program finds in a file of the corpus are not in the text read here. */
const reasons: readonly (readonly [reason: string, files: string])[] = [
  [
    'catppt prints the name of the design, which is no text of a slide.',
    'pictures.ppt testComment.ppt testMSChart-govdocs-428996.ppt testOptionalHyphen.ppt testPPT_2imgs.ppt testPPT_EmbeddedPDF.ppt testPPT_autodate.ppt testPPT_comment.ppt testPPT_custom_props.ppt testPPT_embedded2.ppt testPPT_embeded.ppt testPPT_groups.ppt testPPT_macros.ppt testPPT_masterFooter.ppt testPPT_masterText.ppt testPPT_masterText2.ppt testPPT_oleWorkbook.ppt testPPT_skipBadCompressedObject.ppt testPPT_various.ppt testPPT.ppt',
  ],
  [
    'unrtf drops or breaks characters outside of ASCII, joins words at dashes, and prints fields and names of properties.',
    'testComment.rtf testRTF-ms932.rtf testRTF.rtf testRTFControls.rtf testRTFHexEscapeInsideWord.rtf testRTFHyperlink.rtf testRTFJapanese.rtf testRTFListLibreOffice.rtf testRTFListOverride.rtf testRTFUmlautSpaces.rtf testRTFUmlautSpaces2.rtf testRTFVarious.rtf testRTFWindowsCodepage1250.rtf testRTFWord2010CzechCharacters.rtf testRTFWordPadCzechCharacters.rtf testRTF_annotation_spacing.rtf testBinControlWord.rtf',
  ],
  [
    'antiword prints [pic] for a picture, and the numbers of lists.',
    'Doc1_ole.doc testWORD_embedded_rtf.doc testWORD_no_format.doc testWORD_numbered_list.doc test_recursive_embedded.doc',
  ],
  [
    'odt2txt prints the frames of pictures, joins words at breaks, and prints encrypted bytes.',
    'testODFwithOOo3.odt testODTEmbedded.odt testODTEmbeddedImageLink.odt testODTEncrypted.odt testODTMacro.odt testOpenOffice2.odt',
  ],
  ['xls2csv formats dates with names of months.', 'testEXCEL-formats.xls'],
  ['xls2csv reads the text in a wrong charset.', 'testEXCEL_phonetic.xls'],
  [
    'pdftotext joins words that are drawn on top of one another, or across the end of a line.',
    'testOverlappingText.pdf testPDF_protected.pdf',
  ],
  [
    'Values that a form only draws; PDF.js reads the values of its fields.',
    'testPDF_XFA_govdocs1_258578.pdf testPDF_acroform3.pdf',
  ],
  ['python-docx joins what a line break parts.', 'testWORD_features.docx'],
  ['A page whose content is damaged: pdftotext reads a few words more of it.', 'testPDF_bad_page_303226.pdf'],
];

export const missedWords: ReadonlyMap<string, string> = new Map(
  reasons.flatMap(([reason, files]) => files.split(' ').map((file) => [file, reason] as const)),
);
