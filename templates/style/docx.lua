-- From the report's HTML, as pandoc read it, to the paragraph styles of reference.docx.
--
-- Tables are not here: reports/render/lifted.py takes them out before, a word keeps their place.
-- Only what needs the whole file (contents, sections, widths) is left to reports/render/word.py; the
-- places are marked by paragraphs whose style is named "lkjip-…", which never reach the reader.

local folder = PANDOC_SCRIPT_FILE:match("^(.*)[/\\]") or "."
local landscape = dofile(folder .. "/landscape.lua")

local STYLE = {
  notice = "Catatan", letterhead = "Kop Surat", signature = "Tanda Tangan", source = "Sumber Tabel",
  note = "Sumber Tabel", ["cover-title"] = "Sampul Judul", ["cover-office"] = "Sampul Kantor",
  ["cover-year"] = "Sampul Tahun", ["cover-issue"] = "Sampul Terbitan", address = "Kop Surat Alamat",
  ["signature-room"] = "Ruang Tanda Tangan",
  uraian = "Pengantar Tabel", visi = "Visi",
}

local seen = {}
local bookmarks = 500000 -- far from the numbers that pandoc and word.py give
local convert

local function mark(name)
  return pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="lkjip-' .. name .. '"/></w:pPr></w:p>')
end

local function styled(blocks, style)
  -- Plain would get pandoc's own style instead.
  local paragraphs = pandoc.Blocks{}
  for _, block in ipairs(blocks) do
    paragraphs:insert(block.t == "Plain" and pandoc.Para(block.content) or block)
  end
  return pandoc.Div(paragraphs, pandoc.Attr("", {}, {["custom-style"] = style}))
end

local function write_figure(figure)
  local out = pandoc.Blocks{}
  local caption = styled(figure.caption.long, "Caption")
  caption.identifier = figure.identifier
  if figure.classes:includes("gambar") then
    out:extend(convert(figure.content))
    out:insert(styled(figure.caption.long, "Judul Gambar"))
  else
    out:insert(caption)
    out:extend(convert(figure.content))
  end
  return out
end

local function write_div(div)
  local classes, out = div.classes, pandoc.Blocks{}
  if classes:includes("contents-here") then return pandoc.Blocks{mark("daftar-isi")} end
  if classes:includes("tables-here") then return pandoc.Blocks{mark("daftar-tabel")} end
  if (classes:includes("chapter") or classes:includes("appendix")) and not seen.main then
    seen.main = true
    out:insert(mark("akhir-awal"))
  elseif classes:includes("landscape") then
    out:insert(mark("akhir-tegak"))
    out:extend(convert(div.content))
    out:insert(mark("akhir-lebar"))
    return out
  end
  if classes:includes("cover") then out:insert(mark("lambang")) end
  if div.identifier == "kata-pengantar" then out:insert(mark("kop-surat")) end
  local first = div.content[1]
  if div.identifier ~= "" and first and first.t == "Para" then
    bookmarks = bookmarks + 1
    first.content:insert(1, pandoc.RawInline("openxml", string.format(
      '<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/>', bookmarks, div.identifier, bookmarks)))
    div.content[1] = first
  end
  for _, class in ipairs(classes) do
    if STYLE[class] then
      out:insert(styled(convert(div.content), STYLE[class]))
      return out
    end
  end
  out:extend(convert(div.content))
  if classes:includes("cover") then out:insert(mark("akhir-sampul")) end
  return out
end

convert = landscape.converter{
  lead = function(block) return pandoc.Blocks{styled(pandoc.Blocks{block}, "Pengantar Tabel")} end,
  Div = write_div,
  Figure = write_figure,
}

function Pandoc(doc)
  doc.blocks = convert(doc.blocks)
  return doc
end
